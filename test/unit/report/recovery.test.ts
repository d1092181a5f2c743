/** Recovery against figures worked out by hand, and as a campaign counts it. */

import { expect, it, test } from 'vitest'
import { runCampaign } from '../../../src/explore/campaign.js'
import { extraCallsPerFault, pooledRecovery, recoveryRate } from '../../../src/report/recovery.js'
import { handsOf, reportOf } from '../explore/told-hands.js'

test('9 of 12 faults recovered from at the price of 18 requests: 75 %, 2 for each', () => {
  const recovery = { landed: 12, recovered: 9, extraCalls: 18 }
  expect(recoveryRate(recovery)).toBe(0.75)
  expect(extraCallsPerFault(recovery)).toBe(2)
})

test('where nothing landed or nothing recovered there is no rate', () => {
  expect(recoveryRate({ landed: 0, recovered: 0, extraCalls: 0 })).toBeUndefined()
  expect(extraCallsPerFault({ landed: 4, recovered: 0, extraCalls: 0 })).toBeUndefined()
})

test('scenarios are pooled, not averaged', () => {
  const [one, other] = [
    { landed: 1, recovered: 1, extraCalls: 3 },
    { landed: 9, recovered: 0, extraCalls: 0 },
  ]
  expect(recoveryRate(pooledRecovery([one, other]))).toBe(0.1)
})

it('counts fresh storms in which faults landed, and whose goal is known', async () => {
  const hands = handsOf({ goal: true, calls: 3 }, [
    // Reached its goal over two faults, with two requests more than the calm day.
    reportOf({ goal: true, calls: 5, landed: 2 }),
    // No fault landed: it says nothing of recovery.
    reportOf({ goal: true, calls: 9, landed: 0 }),
    // Gave up.
    reportOf({ goal: false, calls: 1, landed: 1 }),
    // The model strayed: nobody knows what its goal was.
    reportOf({ goal: undefined, calls: 7, landed: 4 }),
    // Reached its goal over one fault with a request less.
    reportOf({ goal: true, calls: 2, landed: 1 }),
  ])
  const plan = { scenario: { name: 'told', file: 'told.ts', breaks: [] }, hands: [hands], seed: '1', preset: 'rb-0.1' }
  const record = await runCampaign({ ...plan, trials: 5, now: () => 0 })
  expect(record.recovery).toEqual({ landed: 4, recovered: 3, extraCalls: 1 })
})
