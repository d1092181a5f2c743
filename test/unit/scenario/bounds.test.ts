/** An agent that is left less than its task takes, and one whose results turn out to be wrong. */

import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import refundApproval from '../../../scenarios/refund-approval.scenario.js'
import research from '../../../scenarios/research.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { checkoutWith } from '../../mutant/scenarios/checkout-with.js'

async function trial(scenario: Scenario, decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

const bound = (fault: string, details: Readonly<Record<string, string>> = {}): readonly Pair[] => [
  ['run/bounds', fault],
  ...Object.entries(details).map(([name, value]): Pair => [`run/bounds@${name}`, value]),
]

type Result = Awaited<ReturnType<typeof trial>>
const of = <K extends EventType>({ events }: Result, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<K>[]
const once = { planned: 1, injected: 1, landed: 1 }

describe('a bound that is reached', () => {
  it.each([
    ['tokens', '1', 'failed', 'budget-exhausted', 1],
    ['tokens', '2', 'failed', 'budget-exhausted', 2],
    ['time', '1', 'timed-out', 'deadline', 1],
    ['time', '2', 'timed-out', 'deadline', 2],
  ])('of %s in turn %s ends the run, and says so', async (kind, turn, status, reason, calls) => {
    const result = await trial(refundApproval, bound('context/budget-exhaust', { kind, turn }))
    expect(result.faults['context/budget-exhaust']).toEqual(once)
    expect(result).toMatchObject({ status, reason, violations: [] })
    expect(of(result, 'model-call-start')).toHaveLength(calls)
  })

  it.each([['1'], ['2']])('of turns takes the tools of turn %s, which is the last', async (turn) => {
    const result = await trial(refundApproval, bound('context/budget-exhaust', { turn }))
    expect(result.faults['context/budget-exhaust']).toEqual(once)
    const prompts = of(result, 'prompt-received')
    expect(prompts).toHaveLength(Number(turn))
    expect(prompts.at(-1)?.tools).toEqual([])
    expect(result.violations).toEqual([])
  })

  it('in the midst of a saga has it undone', async () => {
    const result = await trial(checkout, bound('context/budget-exhaust', { kind: 'tokens', turn: '1' }))
    expect(result.faults['context/budget-exhaust']).toEqual(once)
    expect(of(result, 'effect-compensated')).toHaveLength(1)
    expect(result.violations).toEqual([])
  })

  it.each(['budget', 'pool'])('by the very first request, of the %s, refuses it at once', async (which) => {
    const result = await trial(refundApproval, bound('context/oversize-request', { bound: which }))
    expect(result.faults['context/oversize-request']).toEqual(once)
    expect(result).toMatchObject({ status: 'failed', reason: 'budget-exhausted', violations: [] })
    expect(of(result, 'prompt-received')).toEqual([])
    expect(result.events.find(({ type }) => type === 'run-settled')?.vt).toBeLessThan(100)
  })

  it.each([
    ['loop-exits-one-early', 'turns', 'step-bound'],
    ['failure-finalised-as-completed', 'time', 'outcome-truth'],
  ])('is told of by its invariant where it is not kept: %s', async (mutant, kind, invariant) => {
    const broken = checkoutWith('bounded', (agent) => mutate(mutant, agent))
    const { violations } = await trial(broken, bound('context/budget-exhaust', { kind, turn: '2' }))
    expect(violations.map((violation) => violation.invariant)).toContain(invariant)
  })
})

describe('a smaller window', () => {
  it('has more of the conversation let go, and the prompts keep to it', async () => {
    const [whole, half] = [await trial(research, []), await trial(research, bound('context/trim', { share: '1/2' }))]
    expect(half.faults['context/trim']).toEqual(once)
    const limits = (result: Result): number => Math.max(...of(result, 'context-built').map(({ limit }) => limit))
    expect(limits(half)).toBeLessThan(limits(whole))
    expect(half.violations).toEqual([])
  })

  it('that holds not even what must stay ends the run', async () => {
    const result = await trial(research, bound('context/trim', { share: '1/4' }))
    expect(result).toMatchObject({ status: 'failed', reason: 'context-exhausted', violations: [] })
  })
})

describe('a result that was wrong', () => {
  it.each(['1', '2', '3'])('of turn %s is in no later prompt, and nothing else is withdrawn', async (turn) => {
    const result = await trial(research, [
      ['context.retract', 'context/contaminate'],
      ['context.retract@turn', turn],
    ])
    expect(result.faults['context/contaminate']).toEqual(once)
    const [withdrawn, ...others] = of(result, 'result-retracted')
    if (!withdrawn) throw expect.unreachable('nothing was withdrawn')
    expect(others).toEqual([])
    expect(Number(/^t(\d+)/.exec(withdrawn.call)?.[1])).toBeGreaterThanOrEqual(Number(turn))
    const said = of(result, 'batch-commit')
      .flatMap(({ results }) => results)
      .find(({ id }) => id === withdrawn.id)?.content
    const shows = (prompt: EventOf<'prompt-received'>): boolean =>
      JSON.stringify(prompt.messages).includes(JSON.stringify(said).slice(1, -1))
    const prompts = of(result, 'prompt-received')
    expect(prompts.filter(({ seq }) => seq < withdrawn.seq).some(shows)).toBe(true)
    expect(prompts.filter(({ seq }) => seq > withdrawn.seq).some(shows)).toBe(false)
    expect(result.violations).toEqual([])
  })
})
