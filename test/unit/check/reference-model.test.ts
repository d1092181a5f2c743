import { describe, expect, it } from 'vitest'
import { defineInvariant, toCheck } from '../../../src/check/define-invariant.js'
import type { CheckVerdict } from '../../../src/check/watch.js'
import type { Backend, Operation } from '../../../src/core/backend.js'
import { arrived, type Draft, foreign, happened, replied, shape, verdict } from './history-of.js'

type Shop = Backend<
  unknown,
  {
    refund: Operation<'write', { orderId: string; cents: number }, unknown>
    order: Operation<'read', { orderId: string }, { refunded: number; note: string }>
  }
>

const likeShop = defineInvariant({
  name: 'shop-adds-up',
  says: 'An order shows all its refunds.',
  backends: { shop: { name: 'shop' } as Shop },
  model: {
    initial: { refunded: 0 },
    resource: ({ input }) => input.orderId,
    step: (state, operation) =>
      operation.name === 'shop.refund'
        ? { state: { refunded: state.refunded + operation.input.cents } }
        : { state, answer: { refunded: state.refunded } },
  },
})
const check = toCheck(likeShop, shape)

type What = readonly ['refund', string, number] | readonly ['order', string, number]
const asked = (site: string): Draft => arrived({ site, operation: 'refund' })
const gone = (site: string): Draft => replied('ok', site)
const did = (site: string, [operation, orderId, cents]: What, isCurrent = true): Draft =>
  happened('operation-done', {
    ...{ backend: 'shop', operation, site, key: undefined, call: undefined, attempt: undefined, isCurrent },
    kind: operation === 'order' ? 'read' : 'write',
    input: operation === 'order' ? { orderId } : { orderId, cents },
    answer: operation === 'order' ? { refunded: cents, note: 'x' } : {},
  })
/** One after the other. */
const inTurn = (...all: readonly What[]): readonly Draft[] =>
  all.flatMap((what, place) => [asked(`s${place}`), did(`s${place}`, what), gone(`s${place}`)])
const judged = (drafts: readonly Draft[], truncated = false): CheckVerdict => verdict(check, foreign, drafts, truncated)

describe('a model of a backend', () => {
  it('holds where every read has what the model says, of each resource apart', () => {
    const right = inTurn(
      ['refund', 'A', 5],
      ['order', 'A', 5],
      ['order', 'B', 0],
      ['refund', 'A', 2],
      ['order', 'A', 7],
    )
    expect(judged(right)).toMatchObject({ verdict: 'valid', arose: 3 })
  })

  it('is broken by an answer that it does not give, and shows the writes before it', () => {
    expect(judged(inTurn(['refund', 'A', 5], ['order', 'A', 0])).violation).toMatchObject({
      because:
        'shop.order answered {"note":"x","refunded":0}, and the model says {"refunded":5}: no order of what was under way explains it',
      witness: [1, 4],
    })
    expect(judged(inTurn(['refund', 'A', 5], ['order', 'B', 5])).verdict).toBe('invalid')
  })

  const overlapping = (read: number): readonly Draft[] => [
    ...[asked('w'), asked('r'), did('w', ['refund', 'A', 5]), did('r', ['order', 'A', read]), gone('w'), gone('r')],
  ]

  it('allows any order of what was under way at once', () => {
    expect(judged(overlapping(5)).verdict).toBe('valid')
    expect(judged(overlapping(0)).verdict).toBe('valid')
    expect(judged(overlapping(4)).verdict).toBe('invalid')
  })

  it('allows no order against real time: what was answered came before what is asked then', () => {
    const stale = [...inTurn(['refund', 'A', 5]), ...overlapping(0)]
    expect(judged(stale).verdict).toBe('invalid')
    const seenThenGone = [
      ...[asked('w'), asked('r1'), did('w', ['refund', 'A', 5]), did('r1', ['order', 'A', 5]), gone('r1')],
      ...[asked('r2'), did('r2', ['order', 'A', 0]), gone('r2'), gone('w')],
    ]
    expect(judged(seenThenGone).verdict).toBe('invalid')
  })

  it('counts a write that nobody got an answer to as one that may come at any time', () => {
    const lost = [asked('w'), did('w', ['refund', 'A', 5]), ...inTurn(['order', 'A', 0], ['order', 'A', 5])]
    expect(judged(lost).verdict).toBe('valid')
    expect(judged([...lost, asked('x'), did('x', ['order', 'A', 0]), gone('x')]).verdict).toBe('invalid')
  })

  it('is unknown where a budget ran out before all was answered', () => {
    expect(judged([asked('w'), ...overlapping(4)], true)).toMatchObject({ verdict: 'unknown' })
  })

  it('says nothing of reads that may lag, nor of what comes after somebody else wrote', () => {
    expect(judged([...inTurn(['refund', 'A', 5]), did('r', ['order', 'A', 0], false)])).toMatchObject({
      ...{ verdict: 'valid', arose: 0 },
    })
    const rival = did('w', ['refund', 'A', 1], false)
    expect(judged([rival, ...inTurn(['order', 'A', 1])])).toMatchObject({ verdict: 'valid', arose: 0 })
  })

  it('gives up where too much was under way at once', () => {
    const many = Array.from({ length: 24 }, (_, place) => `w${place}`)
    const crowd = [
      ...many.map(asked),
      ...[
        asked('r'),
        ...many.map((site, place) => did(site, ['refund', 'A', 2 ** place])),
        did('r', ['order', 'A', 0.5]),
      ],
      ...[...many, 'r'].map(gone),
    ]
    expect(judged(crowd)).toMatchObject({ verdict: 'unknown', reason: expect.stringContaining('so many calls') })
  })

  it('is unknown where its author throws, or writes to the state', () => {
    const steps = [
      () => {
        throw new Error('oops')
      },
      (state: { n: number }) => ({ state: Object.assign(state, { n: 1 }) }),
    ]
    for (const step of steps) {
      const backends = { shop: { name: 'shop' } as Shop }
      const odd = defineInvariant({ name: 'odd', says: 'x', backends, model: { initial: { n: 0 }, step } })
      expect(verdict(toCheck(odd, shape), foreign, inTurn(['order', 'A', 0])).verdict).toBe('unknown')
    }
  })

  it('refuses a model of nothing, and one beside other ways to judge', () => {
    const model = { initial: 0, step: (state: number) => ({ state }) }
    expect(() => defineInvariant({ name: 'i', says: 'x', model })).toThrow('a model of no backend')
    const backends = { shop: { name: 'shop' } as Shop }
    expect(() => defineInvariant({ name: 'i', says: 'x', backends, model, after: {} })).toThrow('`model` alone')
  })
})

it('knows its operations by type', () => {
  const backends = { shop: { name: 'shop' } as Shop }
  const made = defineInvariant({
    ...{ name: 'i', says: 'x', backends },
    // @ts-expect-error an operation that does not exist
    model: { initial: 0, step: (state, { name }) => ({ state: name === 'shop.orders' ? 1 : state }) },
  })
  expect(made.name).toBe('i')
})
