import { describe, expect, it } from 'vitest'
import { alwaysCheck } from '../../../src/check/always.js'
import { applied, foreign, happened, linesOf, takenBack, verdict } from './history-of.js'

const shape = [{ backend: 'shop', operations: ['charge'] }]
const once = alwaysCheck(
  'an order is charged once',
  (ledger) => linesOf(ledger, 'shop', 'charge').filter((line) => !line.compensated).length <= 1,
  shape,
)

describe('alwaysCheck', () => {
  it('holds after every effect, and counts each', () => {
    expect(verdict(once, foreign, [applied(0), takenBack(0), applied(1)])).toMatchObject({
      invariant: 'an order is charged once',
      verdict: 'valid',
      arose: 3,
    })
  })

  it('breaks at the effect after which it is false, and shows the effects', () => {
    expect(verdict(once, foreign, [applied(0), applied(1), applied(2)]).violation).toEqual({
      invariant: 'an order is charged once',
      clause: 'a',
      because: 'no longer true after shop.charge was applied (2 in all)',
      witness: [0, 1],
      seq: 1,
    })
  })

  it('is unknown where the predicate throws', () => {
    const broken = alwaysCheck('broken', (ledger) => linesOf(ledger, 'inventory', 'reserve').length === 0, shape)
    expect(verdict(broken, foreign, [applied(0)])).toMatchObject({ verdict: 'unknown', arose: 0 })
  })

  it('is unknown once the model has strayed, unless it was broken before', () => {
    const stray = happened('model-strayed', { turn: 2, attempt: 1, fault: 'model/loop' })
    expect(verdict(once, foreign, [applied(0), stray, applied(1)])).toEqual({
      invariant: 'an order is charged once',
      verdict: 'unknown',
      arose: 1,
      concerned: true,
      reason: 'the model strayed: what it did from then on nobody meant',
    })
    expect(verdict(once, foreign, [applied(0), applied(1), stray]).verdict).toBe('invalid')
  })

  it('never arises without an effect', () => {
    expect(verdict(once, foreign, [])).toMatchObject({ verdict: 'valid', arose: 0 })
  })
})
