/** A user who says something more before the turn is over. */

import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import refundApproval from '../../../scenarios/refund-approval.scenario.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const name = 'user/mid-turn-message'

describe.each([
  ['in-batch', checkout],
  ['in-stream', checkout],
  ['while-pending', refundApproval],
] as const)('a message %s', (at, scenario) => {
  it('is shown to the model once, and breaks no promise', async () => {
    const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
    const decisions = [
      ['run/message', name],
      ['run/message@at', at],
      ['storm-end', '60000'],
    ] as const
    const result = await runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
    expect(result.faults[name]).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(result).toMatchObject({ status: 'completed', goal: true, violations: [] })
    const last = result.events.findLast((event) => event.type === 'prompt-received')
    const said = last?.messages.filter((one) => one.role === 'user' && one.text.startsWith('One thing more'))
    expect(said).toHaveLength(1)
  })
})
