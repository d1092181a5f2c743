import { describe, expect, it } from 'vitest'
import { reviewAgent } from '../../../scenarios/agents/review-agent.js'
import { repository } from '../../../scenarios/backends/repository.js'
import codeReview, { play } from '../../../scenarios/code-review.scenario.js'
import type { EventOf } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import { defineScenario, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { policy } from '../../../src/sim/script.js'

const site = 't1.c0/subagent/a1'
const struck = (fault: string, details: Readonly<Record<string, string>> = {}): readonly Pair[] => [
  [site, fault],
  ...Object.entries(details).map(([name, value]): Pair => [`${site}@${name}`, value]),
]

async function trial(decisions: readonly Pair[], scenario: Scenario = codeReview) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

type Result = Awaited<ReturnType<typeof trial>>
/** What the parent was told of the struck subagent, and after how many attempts. */
const told = ({ events }: Result) => {
  const isIt = (event: Result['events'][number]): event is EventOf<'call-settled'> =>
    event.type === 'call-settled' && event.call === 't1.c0'
  const { outcome, attempts, error } = events.find(isIt) as EventOf<'call-settled'>
  return { outcome, attempts, ...(error && { text: error.text }) }
}
const notDone = (why: string) => ({ attempts: 1, text: `no answer of the subagent: it ended as ${why}` })

describe('a subagent that is struck', () => {
  it.each([
    ['subagent/fail', {}, 'failed', 'failed (model-failed)'],
    ['subagent/fail', { mode: 'empty' }, 'failed', 'failed (model-failed)'],
    ['subagent/fail', { mode: 'cut' }, 'unknown', 'failed (truncated)'],
    ['subagent/fail', { from: '3' }, 'unknown', 'failed (model-failed)'],
    ['subagent/hang', {}, 'failed', 'timed-out (deadline)'],
    ['subagent/hang', { from: '3' }, 'unknown', 'timed-out (deadline)'],
  ])('by %s %o is reported as %s', async (fault, details, outcome, why) => {
    const result = await trial([...struck(fault, details), ['storm-end', '60000']])
    expect(result.faults[fault]).toMatchObject({ planned: 1, injected: 1, landed: 1 })
    expect(told(result)).toEqual({ outcome, ...notDone(why) })
    expect(result.violations).toEqual([])
  })

  it('by the loss of its log goes on where it was, with no effect twice', async () => {
    const result = await trial(struck('subagent/fail', { mode: 'crash', from: '3' }))
    expect(told(result)).toEqual({ outcome: 'ok', attempts: 2 })
    expect(result).toMatchObject({ status: 'completed', violations: [], goal: true })
  })

  it.each(['30000', '90000'])('by a pause of %s ms goes on afterwards', async (ms) => {
    const result = await trial(struck('subagent/pause', { ms }))
    expect(result.faults['subagent/pause']).toMatchObject({ landed: expect.any(Number) })
    expect(told(result)).toEqual({ outcome: 'ok', attempts: 1 })
    expect(result).toMatchObject({ status: 'completed', violations: [], goal: true })
  })

  it('whose parent believes whatever it said is told of by subagent-truth', async () => {
    const deceived = defineScenario({
      name: 'deceived',
      backends: { repository },
      agent: (services) => mutate('cut-child-completed', reviewAgent(services)),
      prompt: 'Review the change to key.ts.',
      model: policy(play),
    })
    for (const [fault, mode] of [
      ['subagent/fail', 'cut'],
      ['subagent/hang', undefined],
    ] as const) {
      const { violations } = await trial(struck(fault, mode ? { mode } : {}), deceived)
      expect(violations.map(({ invariant }) => invariant)).toContain('subagent-truth')
    }
  })

  it('is not, once the storm is over: then its model answers and its log is back', async () => {
    const result = await trial([...struck('subagent/fail', { mode: 'crash' }), ['storm-end', '5000']])
    expect(told(result)).toMatchObject({ outcome: 'ok' })
    expect(result).toMatchObject({ status: 'completed', violations: [] })
  })
})
