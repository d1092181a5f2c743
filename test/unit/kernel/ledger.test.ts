/** The ledger of effects: what was applied, in order, and what was taken back. */

import { expect, test } from 'vitest'
import { EffectLedger } from '../../../src/kernel/ledger.js'

const charge = { backend: 'payments', operation: 'charge', input: { cents: 5 }, key: 'k1', once: 'order-1', at: 100 }

test('effects are numbered in the order they were applied, repeats included', () => {
  const ledger = new EffectLedger()
  ledger.apply(charge)
  expect(ledger.apply({ ...charge, at: 200 })).toEqual({ ...charge, at: 200, effect: 1, compensated: false })
  expect(ledger.rows.map(({ effect, at }) => [effect, at])).toEqual([
    [0, 100],
    [1, 200],
  ])
})

test('a compensated effect stays in the ledger, marked', () => {
  const ledger = new EffectLedger()
  ledger.apply(charge)
  ledger.apply(charge)
  ledger.compensate(1)
  ledger.compensate(7)
  expect(ledger.rows.map(({ compensated }) => compensated)).toEqual([false, true])
})
