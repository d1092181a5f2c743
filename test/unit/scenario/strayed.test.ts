/** An agent whose model strays: what is left to judge, and that the agent is still judged by it. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAgent } from '../../../src/agent/agent.js'
import { defineTool } from '../../../src/agent/tool.js'
import { defineInvariant } from '../../../src/check/define-invariant.js'
import type { Clients } from '../../../src/core/backend.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { defineBackend } from '../../../src/sim/define-backend.js'

const shop = defineBackend({
  name: 'shop',
  state: () => ({}),
  operations: ({ write }) => ({
    refund: write({
      input: z.object({ order: z.string() }),
      once: ({ order }) => order,
      keyed: true,
      apply: (_state, { order }) => ({ refunded: order }),
    }),
  }),
})

/** `keyed`: its requests carry the key of the call. */
const clerk =
  (keyed: boolean, attempts: number) =>
  ({ shop: client }: Clients<{ shop: typeof shop }>) =>
    defineAgent({
      name: 'clerk',
      instructions: 'Refund.',
      retry: { attempts },
      tools: [
        defineTool({
          name: 'refund',
          description: 'Refund an order',
          effect: 'write',
          input: z.object({ order: z.string() }),
          output: z.object({ refunded: z.string() }),
          execute: (input, { key, signal }) =>
            client.refund(input, keyed ? { idempotencyKey: key, signal } : { signal }),
        }),
      ],
    })

const promise = 'an order is refunded once'
const counted = 'refunds are counted'

async function trialOf(decisions: readonly Pair[], keyed = true, attempts = 3) {
  const scenario = defineScenario({
    name: 'refunds',
    backends: { shop },
    agent: clerk(keyed, attempts),
    prompt: 'Refund A-7.',
    model: ({ call, say }) => [call('refund', { order: 'A-7' }), say('Refunded.')],
    always: { [promise]: ({ ledger }) => ledger.shop.refund.length <= 1 },
    invariants: [
      defineInvariant({
        name: counted,
        says: 'At most one refund.',
        backends: { shop },
        start: () => ({ refunds: 0 }),
        on: {
          'shop.refund': (state, _effect, judge) => (++state.refunds <= 1 ? judge.held : judge.broken('two')),
        },
      }),
    ],
    success: ({ ledger }) => ledger.shop.refund.length === 1,
  })
  const { facts } = await runTrial(scenario, { source: replaySource([]), calm: true })
  const trial = await runTrial(scenario, { source: replaySource(decisions), intended: facts.intended, keepGoing: true })
  const verdictOf = (name: string) => trial.verdicts.find(({ invariant }) => invariant === name)?.verdict
  return {
    ...trial,
    refunds: trial.events.filter(({ type }) => type === 'effect-applied').length,
    broken: trial.violations.map(({ invariant }) => invariant),
    told: [verdictOf(promise), verdictOf(counted), verdictOf('at-most-once-effect')],
  }
}

const first = 'model/t1/a1'
const second = 'model/t2/a1'

describe('the promises of the author', () => {
  it.each([
    ['model/loop', [[first, 'model/loop']], 2],
    ['model/wide-batch', [[first, 'model/wide-batch']], 2],
    ['model/reissue', [[second, 'model/reissue']], 2],
    ['model/semantic', [[first, 'model/semantic']], 1],
  ] as const)('are left open, and so is the goal, after %s', async (fault, decisions, refunds) => {
    const trial = await trialOf(decisions)
    expect(trial.refunds).toBe(refunds)
    expect(trial.faults[fault]?.landed).toBe(1)
    expect(trial.goal).toBeUndefined()
    expect(trial.told).toEqual(['unknown', 'unknown', 'valid'])
    expect(trial.broken).toEqual([])
    expect(trial.problems).toEqual([])
  })

  it('are judged where a model contradicts itself, or tries again what may have failed', async () => {
    const contradiction = await trialOf([
      [first, 'model/semantic'],
      [`${first}@kind`, 'contradiction'],
    ])
    expect(contradiction).toMatchObject({ goal: true, told: ['valid', 'valid', 'valid'] })
    const lost: Pair[] = [1, 2, 3].map((attempt) => [`shop.refund#t1.c0/a${attempt}`, 'tool/timeout-after-effect'])
    const again = await trialOf([...lost, [second, 'model/reissue']])
    expect(again.faults['model/reissue']?.landed).toBe(1)
    expect(again).toMatchObject({ goal: true, refunds: 1, told: ['valid', 'valid', 'valid'] })
  })
})

describe('an agent that does more than it was asked to', () => {
  const lost: Pair[] = [['shop.refund#t1.c0/a1', 'tool/timeout-after-effect']]

  it('is caught where the model means another thing', async () => {
    const { broken } = await trialOf([...lost, [first, 'model/semantic']], false)
    expect(broken).toContain('at-most-once-effect')
    expect(broken).not.toContain(promise)
  })

  it('is caught where the model tries again what may have happened', async () => {
    const { broken } = await trialOf([...lost, [second, 'model/reissue']], false, 1)
    expect(broken).toContain('at-most-once-effect')
  })
})
