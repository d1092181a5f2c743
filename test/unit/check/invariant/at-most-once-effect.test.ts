import { describe, expect, it } from 'vitest'
import { atMostOnceEffect } from '../../../../src/check/invariant/at-most-once-effect.js'
import {
  answered,
  applied,
  arrived,
  asked,
  batchCommit,
  type Draft,
  foreign,
  happened,
  own,
  prompted,
  proposal,
  replied,
  results,
  takenBack,
  user,
  verdict,
} from '../history-of.js'

const call = proposal('charge', { orderId: 'A-7' }, 'a')
const again = proposal('charge', { orderId: 'A-7' }, 'b')
const compacted = happened('context-compacted', {
  ...{ turn: 2, refused: false, before: 900, after: 400, limit: 1_000 },
  ...{ from: 1, pinned: [], dropped: 2, stubbed: [], exhausted: false },
})

describe('at-most-once-effect', () => {
  it('holds where an answer was lost and nothing happened twice', () => {
    expect(verdict(atMostOnceEffect, foreign, [arrived(), applied(0), replied('unknown')])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('holds where a keyed service recognised the second request', () => {
    const history = [arrived({ key: 'k' }), applied(0, { key: 'k' }), arrived({ key: 'k' })]
    expect(verdict(atMostOnceEffect, foreign, history)).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause c for any agent whose intended effect happened twice', () => {
    const found = verdict(atMostOnceEffect, foreign, [applied(0), applied(1)])
    expect(found.violation).toMatchObject({ clause: 'c', witness: [0, 1] })
    expect(found.violation?.because).toBe(
      'shop.charge for "A-7" was applied 2 times; no key tied the requests together',
    )
  })

  it('breaks clause c for two keys, and clause a for one key that had its effect twice', () => {
    expect(
      verdict(atMostOnceEffect, foreign, [applied(0, { key: 'k' }), applied(1, { key: 'l' })]).violation,
    ).toMatchObject({
      clause: 'c',
      because: expect.stringContaining('each request carried a key of its own'),
    })
    expect(
      verdict(atMostOnceEffect, foreign, [applied(0, { key: 'k' }), applied(1, { key: 'k' })]).violation?.clause,
    ).toBe('a')
  })

  it('breaks clause b where two attempts of one call both took effect, however many were intended', () => {
    const facts = { ...own, intended: { 'shop.charge:A-7': 2 } }
    const found = verdict(atMostOnceEffect, facts, [
      answered(1, [call]),
      applied(0, { call: 't1.c0', attempt: 1 }),
      applied(1, { call: 't1.c0', attempt: 2 }),
    ])
    expect(found.violation).toMatchObject({ clause: 'b', tool: 'charge' })
  })

  it('allows as many as the calm day had, and those that were taken back', () => {
    const facts = { ...foreign, intended: { 'shop.charge:A-7': 2 } }
    expect(verdict(atMostOnceEffect, facts, [applied(0), applied(1)]).verdict).toBe('valid')
    expect(verdict(atMostOnceEffect, facts, [applied(0), applied(1), applied(2)]).violation?.because).toContain(
      '3 times where 2 were intended',
    )
    expect(verdict(atMostOnceEffect, foreign, [applied(0), takenBack(0), applied(1)]).verdict).toBe('valid')
    const byAnother = applied(1, { operation: 'refund', once: 'r', compensates: 0 })
    expect(verdict(atMostOnceEffect, foreign, [applied(0), byAnother, applied(2)]).verdict).toBe('valid')
  })

  it('breaks where one effect is taken back twice', () => {
    expect(verdict(atMostOnceEffect, foreign, [applied(0), takenBack(0), takenBack(0)]).violation?.clause).toBe('a')
  })

  describe('once the model has strayed from its script', () => {
    const strayed = (within?: string) =>
      happened('model-strayed', {
        turn: 2,
        attempt: 1,
        fault: 'model/loop',
        ...(within === undefined ? {} : { within }),
      })
    const twice = (outcome: 'ok' | 'failed', stray = strayed()) => [
      answered(1, [call]),
      applied(0, { call: 't1.c0', attempt: 1 }),
      prompted(2, [user, asked(call), results([call, '', outcome])]),
      stray,
      answered(2, [again]),
      applied(1, { call: 't2.c0', attempt: 1 }),
    ]

    it('what it ordered again is its own, not what it was shown as failed', () => {
      expect(verdict(atMostOnceEffect, foreign, twice('ok')).verdict).toBe('valid')
      expect(verdict(atMostOnceEffect, foreign, twice('failed')).violation?.clause).toBe('c')
    })

    it('what it was told before counts too, where the prompt no longer shows it', () => {
      const history = (told: readonly Draft[]) => [
        answered(1, [call]),
        applied(0, { call: 't1.c0', attempt: 1 }),
        ...told,
        prompted(2, [user]),
        strayed(),
        answered(2, [again]),
        applied(1, { call: 't2.c0', attempt: 1 }),
      ]
      expect(verdict(atMostOnceEffect, own, history([batchCommit(1, ['ok'])])).verdict).toBe('valid')
      expect(verdict(atMostOnceEffect, own, history([batchCommit(1, ['unknown'])])).violation?.clause).toBe('c')
      expect(verdict(atMostOnceEffect, own, history([])).violation?.clause).toBe('c')
    })

    it('counts its orders: what may have failed is no other order when it comes again, and other arguments are', () => {
      const other = proposal('charge', { orderId: 'A-7', note: 2 }, 'c')
      const wide = [strayed(), answered(1, [call, again]), batchCommit(1, ['ok', 'unknown'])]
      const effects = ['t1.c0', 't1.c1', 't2.c0'].map((of, effect) => applied(effect, { call: of, attempt: 1 }))
      const next = (one: typeof call) => [...wide, prompted(2, [user]), answered(2, [one]), ...effects]
      expect(verdict(atMostOnceEffect, own, next(other)).verdict).toBe('valid')
      expect(verdict(atMostOnceEffect, own, next(again)).violation?.clause).toBe('c')
    })

    it('two attempts of one call are still the agent, and so are two effects under one key', () => {
      const attempts = [answered(1, [call]), strayed(), applied(0, { call: 't1.c0', attempt: 1 })]
      expect(
        verdict(atMostOnceEffect, own, [...attempts, applied(1, { call: 't1.c0', attempt: 2 })]).violation?.clause,
      ).toBe('b')
      const keyed = [strayed(), applied(0, { key: 'k' }), applied(1, { key: 'k' })]
      expect(verdict(atMostOnceEffect, foreign, keyed).violation?.clause).toBe('a')
    })

    it('nobody can tell what it ordered of an agent whose effects name no call', () => {
      expect(verdict(atMostOnceEffect, foreign, [strayed(), applied(0), applied(1)]).verdict).toBe('valid')
      expect(verdict(atMostOnceEffect, foreign, [applied(0), applied(1)]).violation?.clause).toBe('c')
    })

    it('of a subagent, its calls are not counted, and those of others are', () => {
      const facts = { ...own, scripted: false }
      const of = (path: string) => [
        strayed('t1.c0'),
        applied(0, { call: `${path}/t1.c0`, attempt: 1 }),
        applied(1, { call: `${path}/t2.c0`, attempt: 1 }),
      ]
      expect(verdict(atMostOnceEffect, facts, of('t1.c0')).verdict).toBe('valid')
      expect(verdict(atMostOnceEffect, facts, of('t1.c1')).violation?.clause).toBe('c')
    })
  })

  it('allows a model without a script to order again what it was shown as done, but not what it was shown as failed', () => {
    const facts = { ...foreign, scripted: false }
    const history = (outcome: 'ok' | 'failed') => [
      answered(1, [call]),
      applied(0, { call: 't1.c0', attempt: 1 }),
      prompted(2, [user, asked(call), results([call, '', outcome])]),
      answered(2, [again]),
      applied(1, { call: 't2.c0', attempt: 1 }),
    ]
    expect(verdict(atMostOnceEffect, facts, history('ok')).verdict).toBe('valid')
    expect(verdict(atMostOnceEffect, facts, history('failed')).violation?.clause).toBe('c')
    expect(verdict(atMostOnceEffect, foreign, history('ok')).violation?.clause).toBe('c')
  })

  it('allows a model without a script to order again what it was told is done and its window no longer shows', () => {
    const facts = { ...own, scripted: false }
    const history = (outcome: 'ok' | 'unknown', gone: readonly Draft[]) => [
      answered(1, [call]),
      applied(0, { call: 't1.c0', attempt: 1 }),
      batchCommit(1, [outcome]),
      ...gone,
      prompted(2, [user]),
      answered(2, [again]),
      applied(1, { call: 't2.c0', attempt: 1 }),
    ]
    expect(verdict(atMostOnceEffect, facts, history('ok', [compacted])).verdict).toBe('valid')
    expect(verdict(atMostOnceEffect, facts, history('unknown', [compacted])).violation?.clause).toBe('c')
    expect(verdict(atMostOnceEffect, facts, history('ok', [])).violation?.clause).toBe('c')
  })

  it('does not judge tools for which twice is once', () => {
    const facts = {
      ...own,
      tools: [{ name: 'charge', effect: 'write', idempotency: 'natural', compensated: false }] as const,
    }
    const history = [
      answered(1, [call]),
      applied(0, { call: 't1.c0', attempt: 1 }),
      applied(1, { call: 't1.c0', attempt: 2 }),
    ]
    expect(verdict(atMostOnceEffect, facts, history).verdict).toBe('valid')
  })

  it('never arises where each write is asked once and answered', () => {
    expect(verdict(atMostOnceEffect, foreign, [arrived(), applied(0), replied('ok')])).toMatchObject({
      arose: 0,
      concerned: true,
    })
    expect(verdict(atMostOnceEffect, foreign, [])).toMatchObject({ arose: 0, concerned: false })
  })
})
