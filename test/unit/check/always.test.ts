import { describe, expect, it } from 'vitest'
import { alwaysCheck } from '../../../src/check/always.js'
import type { Applied } from '../../../src/core/backend.js'
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

  type Writable = Record<string, Record<string, Applied[]>>
  const writing = (what: (lines: Applied[], ledger: Writable) => unknown) => {
    const seen: unknown[] = []
    const check = alwaysCheck(
      'writes',
      (ledger) => {
        seen.push(structuredClone([...linesOf(ledger, 'shop', 'charge')]))
        what(linesOf(ledger, 'shop', 'charge') as Applied[], ledger as Writable)
        return true
      },
      shape,
    )
    const history = [applied(0), takenBack(0), applied(1)]
    const before = structuredClone(history)
    const told = verdict(check, foreign, history)
    expect(history).toEqual(before)
    return told
  }

  it.each([
    ['a line', (lines: Applied[]) => lines.push({ ...lines[0]! })],
    ['the order of lines', (lines: Applied[]) => lines.sort()],
    ['no line', (lines: Applied[]) => lines.pop()],
    ['a length', (lines: Applied[]) => Object.assign(lines, { length: 0 })],
    ['a field', (lines: Applied[]) => Object.assign(lines[0]!, { compensated: true })],
    ['an input', (lines: Applied[]) => Object.assign(lines[0]!.input as object, { orderId: 'B' })],
    ['an operation', (_: Applied[], ledger: Writable) => delete ledger['shop']!['charge']],
    ['a backend', (_: Applied[], ledger: Writable) => Object.assign(ledger, { shop: {} })],
  ])('is unknown where the predicate writes %s to the ledger, and the history is as it was', (_, write) => {
    expect(writing(write)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(/^the check threw at/) })
  })

  it('lets the predicate read as of any array, and change copies', () => {
    const read = (lines: Applied[]) =>
      [...lines]
        .sort()
        .concat(lines.filter(({ compensated }) => compensated))
        .pop()
    expect(writing(read)).toMatchObject({ verdict: 'valid', arose: 3 })
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
