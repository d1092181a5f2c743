/** A service that lets a secret slip into an answer: who picks what they need shows nothing of it, who passes all on does. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import bookkeeping from '../../../scenarios/bookkeeping.scenario.js'
import helpDesk from '../../../scenarios/help-desk.scenario.js'
import { defineAgent } from '../../../src/agent/agent.js'
import { defineTool } from '../../../src/agent/tool.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { simplest } from '../../../src/kernel/source.js'
import { defineScenario, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { table } from '../../../src/sim/backend/table.js'

const slips = 'observability/secret-canary'
const select = 'accounts.select#t1.c0/a1'

/** The answer of `site` with the secret in it. */
async function trial(scenario: Scenario, site: string, where: string, form: string) {
  const { intended } = (await runTrial(scenario, { source: simplest, calm: true, keepGoing: true })).facts
  const decisions = [
    [site, slips],
    [`${site}@where`, where],
    [`${site}@form`, form],
  ] as const
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

const token = 'tok-91Jw-Qz3f-77Lk/+a'
const accounts = table([{ id: 'ann', cents: 1_000, token }], { secrets: [token] })
/** Shows the model all of a row but the field that it knows for a secret. */
const careless = defineScenario({
  name: 'careless',
  backends: { accounts },
  agent: (services) =>
    defineAgent({
      name: 'careless',
      instructions: 'Read the account.',
      tools: [
        defineTool({
          name: 'read',
          description: 'Read an account',
          effect: 'read',
          input: z.object({ id: z.string() }),
          output: z.object({ rows: z.array(z.object({ id: z.string(), cents: z.int() })) }),
          execute: async ({ id }, { signal }) => {
            const { rows, ...rest } = await services.accounts.select({ where: { id } }, { signal })
            return { ...rest, rows: rows.map(({ token: _token, ...row }) => row) }
          },
        }),
      ],
    }),
  prompt: 'How much does Ann have?',
  model: ({ call, say }) => [call('read', { id: 'ann' }), say('1000.')],
})

const everywhere = ['result', 'nested'].flatMap((where) =>
  ['plain', 'base64', 'url-encoded'].map((form) => [where, form] as const),
)

describe('a secret that slips into an answer', () => {
  it.each(everywhere)(
    'in its %s, %s, is shown by an agent that passes on what it does not know',
    async (where, form) => {
      const { faults, violations } = await trial(careless, select, where, form)
      expect(faults[slips]).toEqual({ planned: 1, injected: 1, landed: 1 })
      expect(violations).toMatchObject([{ invariant: 'secret-redaction', clause: 'd' }])
    },
  )

  it.each(everywhere)('in its %s, %s, goes no further than an agent that picks what it needs', async (where, form) => {
    for (const [scenario, site] of [
      [helpDesk, 'customers.select#t1.c0/a1'],
      [bookkeeping, 'accounts.update#t2.c0/a1'],
    ] as const) {
      const { faults, violations } = await trial(scenario, site, where, form)
      expect(faults[slips]).toEqual({ planned: 1, injected: 1, landed: 1 })
      expect(violations).toEqual([])
    }
  })

  it('is not there on a calm day', async () => {
    const calm = await runTrial(careless, { source: simplest, calm: true, keepGoing: true, keepSites: true })
    expect(calm.violations).toEqual([])
    const offering = (calm.visited ?? []).filter(({ alternatives }) => alternatives.includes(slips))
    expect(offering.map(({ label }) => label)).toEqual([select])
  })
})
