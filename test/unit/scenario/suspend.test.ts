/** A tool that asks the user first, whatever its author knows of it: the call waits, over crashes, and happens once. */

import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import goodwill from '../../../scenarios/goodwill.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const suspended: Pair = ['run/suspend', 'tool/suspend']
const once = { planned: 1, injected: 1, landed: 1 }

async function trial(scenario: Scenario, ...decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true, keepSites: true })
}

type Result = Awaited<ReturnType<typeof trial>>
const of = <K extends EventType>({ events }: Result, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<K>[]

describe('a tool that asks first', () => {
  it.each([
    ['question', '1'],
    ['form', '3'],
  ])('waits for a %s, %s times, and goes on with the answers', async (payload, count) => {
    const result = await trial(checkout, suspended, ['run/suspend@payload', payload], ['run/suspend@count', count])
    expect(result.faults['tool/suspend']).toEqual(once)
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
    const decided = of(result, 'approval-decided')
    expect(decided).toHaveLength(Number(count))
    expect(of(result, 'answers-handed')).toMatchObject([{ attempt: 1, answers: decided.map(({ value }) => value) }])
    expect(of(result, 'effect-applied')).toHaveLength(of(await trial(checkout), 'effect-applied').length)
  })

  it('does not happen where the user never answers, and the model is told so', async () => {
    const call = of(await trial(checkout, suspended), 'approval-requested')[0]?.call
    const result = await trial(checkout, suspended, [`approval.decide#${call}/user@time`, 'never'])
    expect(result.violations).toEqual([])
    expect(of(result, 'approval-expired')).toMatchObject([{ call }])
    expect(of(result, 'answers-handed')).toEqual([])
  })

  it('asks before anybody is asked to approve', async () => {
    const result = await trial(goodwill, suspended)
    expect(of(result, 'approval-requested').map(({ approvers }) => approvers)).toEqual([['user'], ['lead']])
    expect(result).toMatchObject({ goal: true, violations: [] })
  })

  it('outlives every crash while it waits', async () => {
    const waits = await trial(checkout, suspended, ['run/suspend@count', '2'])
    let crashes = 0
    for (const { label, alternatives } of waits.visited ?? []) {
      for (const crash of alternatives.filter((one) => one.startsWith('process/crash'))) {
        const result = await trial(checkout, suspended, ['run/suspend@count', '2'], [label, crash])
        crashes++
        expect([label, crash, result.status, result.violations]).toEqual([label, crash, 'completed', []])
        expect(of(result, 'approval-requested')).toHaveLength(2)
        expect(new Set(of(result, 'answers-handed').map(({ answers }) => answers.length))).toEqual(new Set([2]))
      }
    }
    expect(crashes).toBeGreaterThan(20)
  }, 60_000)

  it('does not ask where no call is the third', async () => {
    const result = await trial(goodwill, suspended, ['run/suspend@which', '3'])
    expect(result.faults['tool/suspend']).toEqual({ planned: 1, injected: 0, landed: 0 })
    expect(of(result, 'answers-handed')).toEqual([])
  })
})
