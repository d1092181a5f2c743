/** Ways around what people approve: arguments that are changed in the log, and a second way to where calls start. */

import { describe, expect, it } from 'vitest'
import refundApproval from '../../../scenarios/refund-approval.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { permits } from '../../mutant/scenarios/permits.js'

const once = { planned: 1, injected: 1, landed: 1 }

async function trial(scenario: Scenario, ...decisions: readonly Pair[]) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

type Result = Awaited<ReturnType<typeof trial>>
const of = <K extends EventType>({ events }: Result, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<K>[]
const refunds = (result: Result) => of(result, 'effect-applied').filter(({ operation }) => operation === 'refund')

describe('arguments that are changed in the log', () => {
  const edited = (when: string, change: string): readonly Pair[] => [
    ['run/edit-args', 'approval/edit-args'],
    ['run/edit-args@when', when],
    ['run/edit-args@change', change],
  ]

  it.each([
    ['after-decision', 'value'],
    ['after-decision', 'key'],
    ['after-request', 'value'],
    ['after-request', 'key'],
  ])('%s (a %s) are refused, and the model is told', async (when, change) => {
    const result = await trial(refundApproval, ...edited(when, change))
    expect(result.faults['approval/edit-args']).toEqual(once)
    expect(result.violations).toEqual([])
    expect(refunds(result)).toEqual([])
    const told = of(result, 'batch-commit').flatMap(({ results }) => results.filter(({ call }) => call === 't1.c0'))
    expect(told).toMatchObject([{ outcome: 'failed' }])
  })

  it('are told of by approval-gate where a runtime starts whatever the log holds', async () => {
    const lax = permits({ name: 'lax-permit', approvers: ['lead'] }, (agent) => mutate('approved-unseen', agent))
    expect((await trial(lax)).violations).toEqual([])
    const { violations } = await trial(lax, ...edited('after-decision', 'value'))
    expect(violations).toContainEqual(expect.objectContaining({ invariant: 'approval-gate', clause: 'b' }))
  })

  it('are as they were after the storm', async () => {
    const late = ['lead', 'finance'].map((name): Pair => [`approval.decide#t1.c0/${name}@time`, 'before-deadline'])
    const result = await trial(refundApproval, ...edited('after-decision', 'value'), ['storm-end', '5000'], ...late)
    expect(result).toMatchObject({ violations: [], faults: { 'approval/edit-args': { planned: 1, landed: 0 } } })
  })
})

describe('a second way to a call that needs approval', () => {
  it.each(['resume', 'retry'])('(%s) starts nothing that was not approved, and nothing twice', async (route) => {
    const way: readonly Pair[] = [
      ['run/second-way', 'approval/alternate-path'],
      ['run/second-way@route', route],
    ]
    const result = await trial(refundApproval, ...way)
    expect(result.faults['approval/alternate-path']).toEqual(once)
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
    expect(refunds(result)).toHaveLength(1)
    const attempts = of(result, 'attempt-start').filter(({ call }) => call === 't1.c0')
    expect(attempts).toHaveLength(route === 'retry' ? 2 : 1)
    expect(of(result, 'approval-consumed').filter(({ call }) => call === 't1.c0')).toHaveLength(1)
    const denied = permits({ name: 'no-permit', approvers: ['lead'], decides: 'deny' }, (agent) =>
      mutate('gate-on-one-path', agent),
    )
    if (route === 'resume') expect((await trial(denied, ...way)).violations).not.toEqual([])
  })
})
