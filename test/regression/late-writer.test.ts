/** A run that waits for a person, a result that comes late to it, and a store that is away when it comes. */

import { expect, it } from 'vitest'
import order from '../../scenarios/order.scenario.js'
import type { Pair } from '../../src/explore/hands.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { runTrial } from '../../src/scenario/run-trial.js'

/** The store is back when the run, gone on with in the meantime, has just ended: whoever still insists then is seen. */
const decisions: readonly Pair[] = [
  ['run/suspend', 'tool/suspend'],
  ['run/suspend@which', '2'],
  ['run/suspend@count', '2'],
  ['payment.charge#t1.c0/a1@time', 'after-turn'],
  ['model/t2/a1@time', 'x2'],
  ['approval.decide#t2.c0/user@time~1', 'x2'],
  ['store/batch-commit/t2/try-1', 'store/outage'],
  ['store/batch-commit/t2/try-1@ms', '3600000'],
]

it('who was left waiting insists on nothing any more: no timer of it outlives the run', async () => {
  const { intended } = (await runTrial(order, { source: replaySource([]), calm: true, keepGoing: true })).facts
  const { violations, faults, events, goal } = await runTrial(order, {
    source: replaySource(decisions),
    intended,
    keepGoing: true,
  })
  const landed = ['tool/suspend', 'tool/late-result', 'store/outage'].map((name) => faults[name]?.landed)
  expect([landed, violations, goal]).toEqual([[1, 1, 1], [], true])
  expect(events.findLast(({ type }) => type === 'rest')).toMatchObject({ timers: 0, open: [] })
})
