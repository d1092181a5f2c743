import { describe, expect, it } from 'vitest'
import { defineInvariant, toCheck } from '../../../src/check/define-invariant.js'
import type { Backend, Operation } from '../../../src/core/backend.js'
import { applied, foreign, runEnd, shape, verdict } from './history-of.js'

type Shop = Backend<
  unknown,
  { charge: Operation<'write', { orderId: string }, unknown>; order: Operation<'read', { orderId: string }, unknown> }
>
const shop = { name: 'shop' } as Shop

const noLateCharge = defineInvariant({
  name: 'no-late-charge',
  says: 'No charge lands after the run has failed.',
  backends: { shop },
  start: () => ({ failed: false }),
  on: {
    'run-end': (state, { status }, { skip }) => {
      state.failed = status === 'failed'
      return skip
    },
    'shop.charge': (state, { input, at, compensated }, { held, broken }) =>
      state.failed ? broken(`order ${input.orderId} was charged at ${at}${compensated ? '!' : ''}`) : held,
  },
})

describe('defineInvariant', () => {
  it('judges the effects of its backends by their key', () => {
    const check = toCheck(noLateCharge, shape)
    expect(verdict(check, foreign, [applied(0), runEnd('failed')])).toMatchObject({
      invariant: 'no-late-charge',
      verdict: 'valid',
      arose: 1,
    })
    expect(verdict(check, foreign, [runEnd('failed'), applied(0, { vt: 50 })]).violation).toMatchObject({
      because: 'order A-7 was charged at 50',
      witness: [1],
    })
    expect(verdict(check, foreign, [runEnd('failed'), applied(0, { backend: 'other' })]).verdict).toBe('valid')
  })

  it('judges at rest, and does not know when the world never came to rest', () => {
    const settled = defineInvariant({
      name: 'ends',
      says: 'The run ends.',
      start: () => ({ ended: false }),
      on: {
        'run-end': (state, _event, { skip }) => {
          state.ended = true
          return skip
        },
      },
      atRest: (state, { held, broken }) => (state.ended ? held : broken('it did not end')),
    })
    const check = toCheck(settled, [])
    expect(verdict(check, foreign, [runEnd()])).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(verdict(check, foreign, []).violation?.because).toBe('it did not end')
    expect(verdict(check, foreign, [], true)).toMatchObject({ verdict: 'unknown', arose: 0 })
  })

  it('does not let a handler that throws crash the trial', () => {
    const thrower = defineInvariant({
      name: 'thrower',
      says: 'It throws.',
      start: () => 0,
      on: {
        crash: () => {
          throw new Error('oops')
        },
        'run-end': () => {
          throw new Error('oops')
        },
      },
    })
    expect(verdict(toCheck(thrower, []), foreign, [runEnd()])).toMatchObject({
      verdict: 'unknown',
      reason: 'the check threw at event 0: oops',
    })
  })

  it('refuses a scenario that lacks its backend, an event nobody emits, and what it did not make', () => {
    expect(() => toCheck(noLateCharge, [{ backend: 'payments', operations: [] }])).toThrow(
      'watches the backend shop, which the scenario lacks',
    )
    const misspelt = { 'run-ends': () => undefined }
    const wrong = defineInvariant({ name: 'wrong', says: '', start: () => 0, on: misspelt as never })
    expect(() => toCheck(wrong, [])).toThrow('listens to run-ends, which nobody emits')
    expect(() => toCheck({ name: 'plain' }, [])).toThrow('made by defineInvariant')
  })

  it.each([
    ['shop.chrage', 'did you mean shop.charge?'],
    ['shopp.refund', 'did you mean shop.refund?'],
    ['shop.order', 'which nobody emits'],
    ['mail.sned', 'did you mean mail.send?'],
  ])('refuses %s where no type did, in `on` and in `after`, with what there is', (key, told) => {
    const hears = { [key]: () => undefined } as never
    for (const way of [{ start: () => 0, on: hears }, { after: hears }]) {
      const wrong = defineInvariant({ name: 'wrong', says: '', ...way })
      expect(() => toCheck(wrong, shape)).toThrowError(
        expect.objectContaining({
          code: 'scenario',
          message: expect.stringContaining(told),
          remedy: expect.stringContaining('an effect of a write (shop.charge, shop.refund, mail.send)'),
        }),
      )
    }
  })

  it('does not compile what would not be judged', () => {
    // @ts-expect-error a handler that forgets to judge
    defineInvariant({ name: 'i', says: '', backends: { shop }, start: () => 0, on: { 'shop.charge': () => {} } })
    const hear = (_state: number, _event: unknown, judge: { held: never }) => judge.held
    // @ts-expect-error a read is no effect
    defineInvariant({ name: 'j', says: '', backends: { shop }, start: () => 0, on: { 'shop.order': hear } })
  })
})
