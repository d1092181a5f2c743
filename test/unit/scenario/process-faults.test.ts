/** What befalls the process of an agent on our runtime: it is started twice, stands still, is stopped, or dies after every step. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import checkout from '../../../scenarios/checkout.scenario.js'
import codeReview from '../../../scenarios/code-review.scenario.js'
import { defineAgent } from '../../../src/agent/agent.js'
import { defineTool } from '../../../src/agent/tool.js'
import type { Clients } from '../../../src/core/backend.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'
import { bank } from '../sim/bank.js'

const ofType = <K extends EventType>({ events }: TrialResult, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<K>[]

/** The sites at which a process may meet with this trouble. */
async function sitesOf(scenario: Scenario, trouble: string): Promise<readonly string[]> {
  const { visited = [] } = await runTrial(scenario, { source: replaySource([]), keepSites: true })
  return visited.filter(({ alternatives }) => alternatives.includes(trouble)).map(({ label }) => label)
}

async function struck(scenario: Scenario, decisions: readonly Pair[]): Promise<TrialResult> {
  const { facts } = await runTrial(scenario, { source: replaySource([]), calm: true })
  const source = replaySource(decisions)
  const result = await runTrial(scenario, { source, intended: facts.intended, keepGoing: true })
  expect(source.unconsumed()).toEqual([])
  return result
}

describe.each(['process/redeliver', 'process/zombie'])('%s', (trouble) => {
  it.each([
    ['0', checkout],
    ['60000', codeReview],
  ])('the first run is fenced (%s ms): it writes nothing more, and nothing happens twice', async (ms, scenario) => {
    const values = trouble === 'process/zombie' ? (ms === '0' ? '1' : ms) : ms
    for (const site of await sitesOf(scenario, trouble)) {
      const details: Pair[] = values === '0' || values === '1' ? [] : [[`${site}@ms`, values]]
      const result = await struck(scenario, [[site, trouble], ...details])
      expect({ site, violations: result.violations, goal: result.goal }).toEqual({ site, violations: [], goal: true })
      const overlaps = ofType(result, 'overlap')
      expect({ site, landed: result.faults[trouble]?.landed }).toEqual({ site, landed: overlaps.length })
      for (const { seq } of overlaps) {
        const taken = ofType(result, 'state-load').find((load) => load.seq > seq)
        const later = ofType(result, 'state-commit').filter((commit) => commit.seq > (taken?.seq ?? 0))
        expect(new Set(later.map(({ session, epoch }) => `${session} ${epoch}`)).size).toBeLessThanOrEqual(
          new Set(later.map(({ session }) => session)).size,
        )
      }
    }
  })

  it('is caught in an agent whose writes no key ties together', async () => {
    const careless = ({ bank: { pay } }: Clients<{ bank: typeof bank }>) =>
      defineAgent({
        name: 'payer',
        instructions: 'Pay.',
        tools: [
          defineTool({
            name: 'pay',
            description: 'Pay',
            effect: 'write',
            input: z.object({ to: z.string(), cents: z.int() }),
            output: z.object({ id: z.string() }),
            execute: (input, { signal }) => pay(input, { signal }),
          }),
        ],
      })
    const paying = defineScenario({
      name: 'paying',
      backends: { bank },
      agent: careless,
      prompt: 'Pay Ann.',
      model: ({ call, say }) => [call('pay', { to: 'ann', cents: 5 }), say('Paid.')],
    })
    const [site] = (await sitesOf(paying, trouble)).filter((label) => label.startsWith('bank.pay'))
    const result = await struck(paying, [[site as string, trouble]])
    expect(result.violations.map(({ invariant }) => invariant)).toContain('at-most-once-effect')
  })
})

describe('store/race', () => {
  it.each(['2', '3', '8'])(
    '%s runners come to one log: one of them runs, and nothing happens twice',
    async (runners) => {
      const [site = ''] = await sitesOf(checkout, 'store/race')
      const details: Pair[] = runners === '2' ? [] : [[`${site}@runners`, runners]]
      const result = await struck(checkout, [[site, 'store/race'], ...details])
      expect(result).toMatchObject({ goal: true, status: 'completed', violations: [] })
      expect(ofType(result, 'overlap')).toHaveLength(Number(runners) - 1)
      expect(result.faults['store/race']).toEqual({ planned: 1, injected: 1, landed: 1 })
      expect(ofType(result, 'run-start')).toHaveLength(1)
      const applied = ofType(result, 'effect-applied').map(({ operation }) => operation)
      expect(applied.sort()).toEqual(['charge', 'reserve', 'send'])
    },
  )

  it('whoever opened it last is fenced when the first comes last, and runs again', async () => {
    const result = await struck(checkout, [
      ['store/open/session/try-1', 'store/race'],
      ['store/open/session/try-1@hold', '1'],
    ])
    expect(result).toMatchObject({ goal: true, violations: [] })
    expect(ofType(result, 'state-load').map(({ epoch }) => epoch).length).toBeGreaterThan(1)
  })

  it('a runner that dies as it begins takes the others with it, and one begins anew', async () => {
    const result = await struck(checkout, [
      ['store/open/session/try-1', 'store/race'],
      ['store/open/session/try-1@runners', '8'],
      ['store/open/session/try-3', 'process/crash-before-effect'],
    ])
    expect(result).toMatchObject({ goal: true, status: 'completed', violations: [] })
    expect(ofType(result, 'overlap')).toHaveLength(2)
    expect(ofType(result, 'restart')).toHaveLength(1)
  })

  it('is no matter of the children of a run', async () => {
    const sites = await sitesOf(codeReview, 'store/race')
    expect(sites).toEqual(['store/open/session/try-1'])
  })
})

describe('process/pause', () => {
  it('timers and answers come when the process goes on', async () => {
    for (const site of await sitesOf(checkout, 'process/pause')) {
      const result = await struck(checkout, [[site, 'process/pause']])
      expect({ site, violations: result.violations }).toEqual({ site, violations: [] })
      const [paused] = ofType(result, 'fault-injected')
      const next = ofType(result, 'append-acknowledged').find(({ seq }) => seq > (paused?.seq ?? 0))
      expect((next?.vt ?? 0) - (paused?.vt ?? 0)).toBeGreaterThanOrEqual(30_000)
      expect(result.faults['process/pause']).toEqual({ planned: 1, injected: 1, landed: 1 })
    }
  })

  it('its timers may come before answers that were there long before', async () => {
    const [site = ''] = (await sitesOf(checkout, 'process/pause')).filter((label) =>
      label.startsWith('payments.charge'),
    )
    const result = await struck(checkout, [
      [site, 'process/pause'],
      [`${site}@first`, 'timers'],
    ])
    expect(result.violations).toEqual([])
    const [first] = ofType(result, 'attempt-end')
    expect(first).toMatchObject({ tool: 'charge', outcome: 'unknown', error: { class: 'timeout' } })
    expect(ofType(result, 'effect-applied').filter(({ operation }) => operation === 'charge')).toHaveLength(1)
  })

  it('ends when the storm does', async () => {
    const [site = ''] = await sitesOf(checkout, 'process/pause')
    const result = await struck(checkout, [
      [site, 'process/pause'],
      [`${site}@ms`, '600000'],
    ])
    const [end] = ofType(result, 'storm-end')
    expect(result).toMatchObject({ goal: true, violations: [] })
    expect(ofType(result, 'model-answered').some(({ vt }) => vt === end?.vt)).toBe(true)
    expect(ofType(result, 'run-settled')[0]?.vt).toBeLessThan(600_000)
  })
})

describe('process/shutdown', () => {
  it.each(['0', '1000', '5000'])(
    'the run ends as cancelled, or goes on in the next process (%s ms of grace)',
    async (grace) => {
      for (const site of await sitesOf(checkout, 'process/shutdown')) {
        const details: Pair[] = grace === '0' ? [] : [[`${site}@grace`, grace]]
        const result = await struck(checkout, [[site, 'process/shutdown'], ...details])
        expect({ site, violations: result.violations }).toEqual({ site, violations: [] })
        expect(['cancelled', 'needs-intervention', 'completed']).toContain(result.status)
        expect(ofType(result, 'cancel-requested').length + ofType(result, 'crash').length).toBeGreaterThan(0)
      }
    },
  )
})

describe('process/replay-per-step', () => {
  it('a process dies after each turn, and the run reaches its goal from its log alone', async () => {
    const [site = ''] = await sitesOf(checkout, 'process/replay-per-step')
    const result = await struck(checkout, [[site, 'process/replay-per-step']])
    expect(result).toMatchObject({ goal: true, status: 'completed', violations: [] })
    const commits = ofType(result, 'batch-commit')
    expect(commits.length).toBeGreaterThan(1)
    expect(ofType(result, 'crash').length).toBe(commits.length)
  })
})
