/** Several sessions of an agent in one trial: each has its own data and history, and all share one process. */

import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import order from '../../../scenarios/order.scenario.js'
import travel from '../../../scenarios/travel.scenario.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'
import { checkoutWith } from '../../mutant/scenarios/checkout-with.js'

const several = (n: string): readonly Pair[] => [
  ['run/sessions', 'isolation/concurrent-sessions'],
  ['run/sessions@n', n],
]

async function trial(scenario: Scenario, decisions: readonly Pair[]): Promise<TrialResult> {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

/** What happened to the session itself: not where it stood in the order of all that happened. */
const ownStory = ({ events }: TrialResult) =>
  events
    .filter(({ type }) => type !== 'issued-beside' && !type.startsWith('fault-'))
    .map(({ seq: _seq, ...event }) => event)

describe.each([checkout, order, travel])('a $name beside others', (scenario) => {
  it.each(['2', '3', '5'])('%s in all is what it is alone', async (n) => {
    const [alone, beside] = [await trial(scenario, []), await trial(scenario, several(n))]
    expect(beside).toMatchObject({ status: 'completed', goal: true, violations: [] })
    expect(beside.faults['isolation/concurrent-sessions']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(ownStory(beside)).toEqual(ownStory(alone))
    expect(beside.steps).toBeGreaterThan(alone.steps * Number(n) * 0.9)
    expect((await trial(scenario, several(n))).fingerprint).toBe(beside.fingerprint)
  })
})

const beside1 = (label: string): string => `beside-1/${label}`

describe('a process with two sessions', () => {
  it('dies with both of them, whoever’s request it was', async () => {
    const site = beside1('payments.charge#t1.c0/a1')
    const { events, violations, status } = await trial(checkout, [
      ...several('2'),
      [site, 'process/crash-after-effect'],
    ])
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['crash', 'restart', 'run-resume']))
    expect({ violations, status }).toEqual({ violations: [], status: 'completed' })
  })

  it('is told by the history of the session that broke a promise', async () => {
    const broken = checkoutWith('beside', (agent) => mutate('key-per-attempt', agent))
    const lost: Pair = [beside1('payments.charge#t1.c0/a1'), 'tool/timeout-after-effect']
    const { events, violations, verdicts } = await trial(broken, [...several('2'), lost])
    expect(violations.map(({ invariant }) => invariant)).toContain('key-stability')
    expect(events.find(({ type }) => type === 'run-start')).toMatchObject({ session: 'beside-1' })
    expect(verdicts.find(({ invariant }) => invariant === 'key-stability')).toMatchObject({ verdict: 'invalid' })
    expect(violations.every(({ seq }) => events.some((event) => event.seq === seq))).toBe(true)
  })
})

describe('an agent that is deployed twice', () => {
  const instances: readonly Pair[] = [['run/sessions', 'isolation/multi-instance']]

  it('does in one process what it does alone, whatever happens to the other', async () => {
    const alone = await trial(checkout, [])
    const dies: Pair = [beside1('payments.charge#t1.c0/a1'), 'process/crash-after-effect']
    const beside = await trial(checkout, [...instances, dies])
    expect(beside).toMatchObject({ status: 'completed', goal: true, violations: [] })
    expect(beside.faults['isolation/multi-instance']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(beside.faults['process/crash-after-effect']).toMatchObject({ landed: 1 })
    expect(ownStory(beside)).toEqual(ownStory(alone))
  })

  it('goes on in the other process where one dies', async () => {
    const died = await trial(checkout, [...instances, ['payments.charge#t1.c0/a1', 'process/crash-after-effect']])
    expect(died).toMatchObject({ status: 'completed', goal: true, violations: [] })
    expect(died.events.map(({ type }) => type)).toContain('crash')
  })
})
