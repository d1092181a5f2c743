import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineInvariant, toCheck } from '../../../src/check/define-invariant.js'
import { eventually, type Formula, happens, within } from '../../../src/check/temporal.js'
import type { CheckVerdict } from '../../../src/check/watch.js'
import type { Backend, Operation } from '../../../src/core/backend.js'
import { applied, arrived, type Draft, foreign, happened, runEnd, runStart, shape, verdict } from './history-of.js'

type Shop = Backend<unknown, { refund: Operation<'write', { orderId: string }, unknown> }>
type Mail = Backend<unknown, { send: Operation<'write', { about: string }, unknown> }>
const backends = { shop: { name: 'shop' } as Shop, mail: { name: 'mail' } as Mail }

const told = defineInvariant({
  name: 'customer-is-told',
  says: 'A mail about the order follows every refund within a minute.',
  backends,
  after: {
    'shop.refund': ({ input: { orderId } }, { within, eventually, happens }) =>
      within(60_000, eventually(happens('mail.send', ({ input }) => input.about === orderId))),
  },
})

const asked = defineInvariant({
  name: 'asked-first',
  says: 'Nothing is refunded before somebody has approved.',
  backends,
  after: {
    'run-start': (_, { until, not, happens }) =>
      until(
        not(happens('shop.refund')),
        happens('approval-decided', ({ decision }) => decision === 'approve'),
      ),
  },
})

const refund = (orderId: string, vt: number): Draft => applied(0, { operation: 'refund', input: { orderId }, vt })
const sent = (about: string, vt: number): Draft =>
  applied(1, { backend: 'mail', operation: 'send', input: { about }, vt })
const approved = happened('approval-decided', { id: '', approval: 's/t1.c0', by: 'ann', decision: 'approve', at: 0 })
const later = (vt: number): Draft => ({ ...arrived(), vt }) as Draft

const judged = (invariant: typeof told, drafts: readonly Draft[], truncated = false): CheckVerdict =>
  verdict(toCheck(invariant, shape), foreign, drafts, truncated)

describe('a promise about what comes after', () => {
  it('is kept by the right event in time, of each obligation its own', () => {
    const both = [refund('A-1', 0), refund('A-2', 10), sent('A-2', 20), sent('A-1', 60_000)]
    expect(judged(told, both)).toMatchObject({ verdict: 'valid', arose: 2 })
  })

  it('is broken as soon as its time is up, and shows what opened it', () => {
    const { violation } = judged(told, [refund('A-1', 5), sent('A-2', 20), later(60_006)])
    expect(violation).toMatchObject({
      because: 'after shop.refund: within 60000 ms eventually mail.send; at 60006 ms that could no longer be',
      witness: [0],
      seq: 2,
    })
  })

  it('is broken where the world came to rest without it', () => {
    expect(judged(told, [refund('A-1', 5)]).violation?.because).toContain('when the world came to rest')
  })

  it('is broken by the event that must not come, which the witness has', () => {
    expect(judged(asked, [runStart(), refund('A-1', 5), approved]).violation).toMatchObject({ witness: [0, 1], seq: 1 })
    expect(judged(asked, [runStart(), approved, refund('A-1', 50)]).verdict).toBe('valid')
  })

  it('is unknown where a budget ran out while it was owed, and valid where nothing was', () => {
    expect(judged(told, [refund('A-1', 5)], true)).toMatchObject({
      verdict: 'unknown',
      reason:
        'the trial ended by a budget when this was still owed after shop.refund: within 60000 ms eventually mail.send',
    })
    expect(judged(told, [refund('A-1', 5), sent('A-1', 6)], true).verdict).toBe('valid')
    expect(judged(told, [refund('A-1', 5), later(70_000)], true).verdict).toBe('invalid')
  })

  it('may owe nothing, and another event then', () => {
    const once = defineInvariant({
      name: 'closed-once',
      says: 'A failed run refunds nothing more.',
      backends,
      after: {
        'run-end': ({ status }, { not, eventually, happens }) =>
          status === 'failed' ? not(eventually(happens('shop.refund'))) : undefined,
      },
    })
    expect(judged(once, [runEnd(), refund('A-1', 20)])).toMatchObject({ verdict: 'valid', arose: 0 })
    expect(judged(once, [runEnd('failed'), refund('A-1', 20)]).violation).toMatchObject({
      because: 'after run-end: never shop.refund; at 20 ms that could no longer be',
      witness: [0, 1],
    })
  })

  it('may say that one does not come before another, which need not come', () => {
    const first = defineInvariant({
      name: 'refund-first',
      says: 'Nobody is told of a refund before there is one.',
      backends,
      after: {
        'run-start': (_, { not, until, happens }) => not(until(not(happens('shop.refund')), happens('mail.send'))),
      },
    })
    expect(judged(first, [runStart()]).verdict).toBe('valid')
    expect(judged(first, [runStart(), refund('A-1', 5), sent('A-1', 6)]).verdict).toBe('valid')
    expect(judged(first, [runStart(), sent('A-1', 6)]).violation?.because).toBe(
      'after run-start: no mail.send before shop.refund; at 10 ms that could no longer be',
    )
  })

  it('is unknown where its author throws', () => {
    const throws = defineInvariant({
      name: 'throws',
      says: 'x',
      after: {
        'run-start': () =>
          eventually(
            happens('run-end', () => {
              throw new Error('oops')
            }),
          ),
      },
    })
    expect(judged(throws, [runStart(), runEnd()])).toMatchObject({
      verdict: 'unknown',
      reason: 'the check threw at event 1: oops',
    })
  })

  it('refuses what could not be judged', () => {
    expect(() => within(-1, eventually(happens('run-end')))).toThrow('within(-1, …) is no time')
    const two = { name: 'i', says: 'x', start: () => 0, on: {}, after: {} }
    expect(() => defineInvariant(two)).toThrow('`start` and `on`, or `after` alone')
    expect(() => defineInvariant({ name: 'i', says: 'x' })).toThrow('`start` and `on`, or `after` alone')
    const misspelt = { name: 'i', says: 'x', after: { 'run-ends': () => undefined } } as never
    expect(() => toCheck(defineInvariant(misspelt), [])).toThrow('nobody emits; did you mean run-end?')
  })
})

describe('its types', () => {
  it('know the events of its backends, and no others', () => {
    const after = { name: 'i', says: 'x', backends }
    // @ts-expect-error an operation that does not exist
    defineInvariant({ ...after, after: { 'shop.refund': (_, t) => t.eventually(t.happens('mail.sent')) } })
    // @ts-expect-error a field that the input does not have
    defineInvariant({ ...after, after: { crash: (_, t) => t.eventually(t.happens('mail.send', (e) => e.input.to)) } })
    // @ts-expect-error a moment is no formula
    defineInvariant({ ...after, after: { crash: (_, t) => t.happens('mail.send') } })
    // @ts-expect-error without the backends nobody knows its effects
    happens('mail.send')
    expectTypeOf(eventually(happens('run-end', ({ status }) => status === 'failed'))).toExtend<Formula<any>>()
  })
})
