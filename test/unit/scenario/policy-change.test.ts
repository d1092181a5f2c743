/** The rules change while people are asked: the process that goes on has the new ones. */

import { describe, expect, it } from 'vitest'
import refundApproval from '../../../scenarios/refund-approval.scenario.js'
import { withParts } from '../../../src/agent/agent.js'
import { approvalParts } from '../../../src/agent/approval/approval.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { permits } from '../../mutant/scenarios/permits.js'

const changed = (change: string, ...others: readonly Pair[]): readonly Pair[] => [
  ['run/policy', 'approval/policy-change'],
  ['run/policy@change', change],
  ...others,
]

async function trial(decisions: readonly Pair[], scenario: Scenario = refundApproval) {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

type Result = Awaited<ReturnType<typeof trial>>
const of = <K extends EventType>({ events }: Result, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as unknown as readonly EventOf<K>[]
const asked = (result: Result): readonly (readonly string[])[] =>
  of(result, 'approval-requested').map(({ approval, approvers }) => [approval, ...approvers])
const once = { planned: 1, injected: 1, landed: 1 }

describe('rules that change while people are asked', () => {
  it('to another policy: all are asked again, and the refund is made once', async () => {
    const result = await trial(changed('stricter'))
    expect(result.faults['approval/policy-change']).toEqual(once)
    expect(asked(result).slice(0, 2)).toEqual([
      ['session/t1.c0', 'lead', 'finance'],
      ['session/t1.c0~', 'lead', 'finance'],
    ])
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
  })

  it('to one approver fewer: who is left is asked', async () => {
    const result = await trial(changed('approver-removed'))
    expect(asked(result)[1]).toEqual(['session/t1.c0~', 'lead'])
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
  })

  it('to no grant: whoever approved, it is refused', async () => {
    const result = await trial(changed('grant-revoked'))
    expect(result.faults['approval/policy-change']).toEqual(once)
    expect(of(result, 'call-rejected')).toMatchObject([{ call: 't1.c0', tool: 'refund' }])
    expect(of(result, 'effect-applied').map(({ operation }) => operation)).not.toContain('refund')
    expect(result.violations).toEqual([])
  })

  it('after the storm: they do not', async () => {
    const late = ['lead', 'finance'].map((name): Pair => [`approval.decide#t1.c0/${name}@time`, 'before-deadline'])
    const result = await trial(changed('stricter', ['storm-end', '5000'], ...late))
    expect(result.faults['approval/policy-change']).toEqual({ planned: 1, injected: 0, landed: 0 })
  })

  it('are told of by approval-gate where a runtime goes by what was approved before', async () => {
    const lax = permits({ name: 'lax-permit', approvers: ['lead'] }, (agent) =>
      withParts(agent, {
        approval: {
          ...approvalParts,
          admit: (run, intent, tool) => {
            const held = run.state.approvals.get(intent.call)
            return held && approvalParts.isGranted(held) ? undefined : approvalParts.admit(run, intent, tool)
          },
          gate: (run, { intent, attempts }) => {
            const { approval, call } = run.state.approvals.get(intent.call)!.request
            return [{ type: 'approval-consumed', approval, call, attempt: attempts + 1 }]
          },
        },
      }),
    )
    expect((await trial([], lax)).violations).toEqual([])
    const { violations } = await trial(changed('stricter'), lax)
    expect(violations).toMatchObject([{ invariant: 'approval-gate', clause: 'f' }])
  })
})
