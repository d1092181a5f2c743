import { describe, expect, it } from 'vitest'
import { retryDiscipline } from '../../../../src/check/invariant/retry-discipline.js'
import type { RetryFacts } from '../../../../src/core/history.js'
import {
  attemptEnd,
  attemptStart,
  crash,
  type Draft,
  error,
  foreign,
  happened,
  limits,
  modelEnd,
  modelStart,
  own,
  returned,
  runEnd,
  runStart,
  settled,
  verdict,
} from '../history-of.js'

const transient = error('unavailable', true)
const failed = (call: string, tool = 'charge', attempt = 1, cause = transient): Draft =>
  attemptEnd(call, 'failed', tool, attempt, { error: cause })
const scheduled = (delayMs: number, attempt = 1, afterMs?: number): Draft =>
  happened('retry-scheduled', { op: 't1.c0', attempt, delayMs, error: error('rate-limited', true, afterMs), at: 0 })
const judged = (...drafts: readonly (Draft | readonly Draft[])[]) =>
  verdict(retryDiscipline, own, [runStart(), ...drafts])
const clauseOf = (...drafts: readonly (Draft | readonly Draft[])[]) => judged(...drafts).violation?.clause

describe('retry-discipline', () => {
  it('holds where a transient failure is tried again after its wait', () => {
    expect(
      judged(attemptStart('t1.c0'), failed('t1.c0'), scheduled(1200), attemptStart('t1.c0', 'charge', 2)),
    ).toMatchObject({ verdict: 'valid', arose: 2 })
  })

  it('breaks clause a for an attempt too many, and for a count that goes back', () => {
    expect(
      clauseOf(attemptStart('t1.c0', 'charge', 3), failed('t1.c0', 'charge', 3), attemptStart('t1.c0', 'charge', 4)),
    ).toBe('a')
    expect(clauseOf(attemptStart('t1.c0', 'charge', 2), crash, attemptStart('t1.c0'))).toBe('a')
    expect(clauseOf(modelStart(1, 4))).toBe('a')
  })

  it('breaks clause b for another try after success or a final error', () => {
    expect(clauseOf(attemptStart('t1.c0'), attemptEnd('t1.c0', 'ok'), attemptStart('t1.c0', 'charge', 2))).toBe('b')
    expect(
      clauseOf(
        attemptStart('t1.c0'),
        failed('t1.c0', 'charge', 1, error('permanent', true)),
        attemptStart('t1.c0', 'charge', 2),
      ),
    ).toBe('b')
    expect(
      clauseOf(modelStart(1), modelEnd(1, { outcome: 'failed', error: error('refused', false) }), modelStart(1, 2)),
    ).toBe('b')
  })

  it('breaks clause c for a blind second try, unless the tool looked first', () => {
    const unknown = [
      attemptStart('t1.c0', 'mail'),
      attemptEnd('t1.c0', 'unknown', 'mail', 1, { error: error('timeout', true) }),
    ]
    const looked = happened('call-reconciled', { call: 't1.c0', tool: 'mail', attempt: 1, answer: 'not-applied' })
    expect(clauseOf(unknown, attemptStart('t1.c0', 'mail', 2))).toBe('c')
    expect(clauseOf(unknown, looked, attemptStart('t1.c0', 'mail', 2))).toBeUndefined()
    expect(clauseOf(attemptStart('t1.c0', 'mail'), crash, attemptStart('t1.c0', 'mail', 2))).toBe('c')
    expect(clauseOf(attemptStart('t1.c0'), crash, attemptStart('t1.c0', 'charge', 2))).toBeUndefined()
  })

  it('breaks clause d for waits outside the policy or shorter than what was asked for', () => {
    expect([1000, 1500].map((delay) => clauseOf(scheduled(delay)))).toEqual([undefined, undefined])
    expect([20, 999, 1501, Number.NaN, -1].map((delay) => clauseOf(scheduled(delay)))).toEqual([
      'd',
      'd',
      'd',
      'd',
      'd',
    ])
    expect(clauseOf(scheduled(1000, 2))).toBe('d')
    expect(clauseOf(scheduled(20_000, 1, 20_000))).toBeUndefined()
    expect(clauseOf(scheduled(1200, 1, 20_000))).toBe('d')
    expect(clauseOf(scheduled(60_000, 1, 90_000))).toBe('d')
  })

  it('breaks clause h where no wait has any of the jitter, however it looks from one wait', () => {
    expect(clauseOf(scheduled(1000), scheduled(2000, 2), scheduled(1000))).toBe('h')
    expect(clauseOf(scheduled(1000), scheduled(2000, 2))).toBeUndefined()
    expect(clauseOf(scheduled(1000), scheduled(1001), scheduled(2000, 2), scheduled(1000))).toBeUndefined()
    // What the other side asks for is no backoff; less than the backoff is no reason for it.
    expect(clauseOf(scheduled(1000), scheduled(1000, 1, 1000), scheduled(2000, 2))).toBeUndefined()
    expect(clauseOf(scheduled(1000), scheduled(1000, 1, 500), scheduled(2000, 2))).toBe('h')
  })

  it('breaks clause h later where the jitter is small, and never where there is none', () => {
    const under = (jitterMs: number, waits: number) =>
      verdict(retryDiscipline, { ...own, retry: { ...(own.retry as RetryFacts), jitterMs } }, [
        runStart(),
        Array.from({ length: waits }, () => scheduled(1000)),
      ]).violation?.clause
    expect([under(9, 5), under(9, 6), under(1, 19), under(1, 20)]).toEqual([undefined, 'h', undefined, 'h'])
    expect([under(0, 50), under(59_001, 50)]).toEqual([undefined, undefined])
  })

  it('breaks clause d where the wait was planned but not made', () => {
    const threw = returned('t1.c0', null, 'charge', { outcome: 'threw', vt: 100 })
    const again = (vt: number): Draft => attemptStart('t1.c0', 'charge', 2, { vt } as never)
    expect(clauseOf(attemptStart('t1.c0'), threw, failed('t1.c0'), again(600))).toBe('d')
    expect(clauseOf(attemptStart('t1.c0'), threw, failed('t1.c0'), again(1100))).toBeUndefined()
  })

  it('breaks clause e for anything started after the end', () => {
    expect(clauseOf(runEnd('failed'), attemptStart('t1.c0'))).toBe('e')
    expect(clauseOf(runEnd('failed'), modelStart(1))).toBe('e')
  })

  it('counts the time of a run from its beginning, not from when that was written', () => {
    const begun = runStart({ limits: { ...limits, timeMs: 15_000 }, at: 5, vt: 11_400 })
    const gaveUp = [attemptStart('t1.c0'), failed('t1.c0'), settled('t1.c0', 'failed', 'charge', { error: transient })]
    expect(verdict(retryDiscipline, own, [begun, ...gaveUp])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause g where a call is given up although a try could have helped', () => {
    const given = settled('t1.c0', 'failed', 'charge', { error: transient })
    expect(clauseOf(attemptStart('t1.c0'), failed('t1.c0'), given)).toBe('g')
    const breaker = happened('breaker-moved', { key: 'charge', from: 'closed', to: 'open', failures: 3, at: 0 })
    expect(clauseOf(attemptStart('t1.c0'), failed('t1.c0'), breaker, given)).toBeUndefined()
    expect(clauseOf(attemptStart('t1.c0', 'charge', 3), failed('t1.c0', 'charge', 3), given)).toBeUndefined()
    const late = { ...given, vt: 299_000 } as Draft
    expect(clauseOf(attemptStart('t1.c0'), failed('t1.c0'), late)).toBeUndefined()
  })

  it('never arises where nothing fails, and does not concern agents whose policy is not known', () => {
    expect(judged(attemptStart('t1.c0'), attemptEnd('t1.c0', 'ok'), settled('t1.c0', 'ok'))).toMatchObject({
      arose: 0,
      concerned: true,
    })
    expect(verdict(retryDiscipline, foreign, [scheduled(1)])).toMatchObject({ arose: 0, concerned: false })
  })
})
