/** Promises about what seldom comes up: they concern a history only where it came up, so that nobody is told to try harder. */

import { describe, expect, it } from 'vitest'
import { breakerLiveness } from '../../../src/check/invariant/breaker-liveness.js'
import { breakerSafety } from '../../../src/check/invariant/breaker-safety.js'
import { rateLimitLiveness } from '../../../src/check/invariant/rate-limit-liveness.js'
import { rateLimitSafety } from '../../../src/check/invariant/rate-limit-safety.js'
import { resultOrder } from '../../../src/check/invariant/result-order.js'
import type { Check } from '../../../src/check/invariant.js'
import type { Facts } from '../../../src/core/history.js'
import {
  asked,
  attemptEnd,
  attemptStart,
  charge,
  type Draft,
  error,
  happened,
  own,
  prompted,
  proposal,
  results,
  runStart,
  settled,
  user,
  verdict,
} from './history-of.js'

const away = { error: error('unavailable', true) }
const whole = (call: string): Draft[] => [
  attemptStart(call),
  attemptEnd(call, 'failed', 'charge', 1, away),
  settled(call, 'failed', 'charge', away),
]
const of = (check: Check, facts: Facts, ...drafts: (Draft | readonly Draft[])[]) => {
  const { verdict: told, arose, concerned } = verdict(check, facts, [runStart(), ...drafts])
  return { told, arose, concerned }
}
const silent = { told: 'valid', arose: 0, concerned: false }
const tested = (arose: number) => ({ told: 'valid', arose, concerned: true })

describe('breakers', () => {
  const facts: Facts = { ...own, breaker: { failures: 2, resetMs: 1_000 } }
  const move = (from: 'open' | 'closed', to: 'open' | 'half-open', at: number): Draft =>
    happened('breaker-moved', { key: 'tool/charge', from, to, failures: 2, at, vt: at })
  const opened = [...whole('t1.c0'), ...whole('t1.c1'), move('closed', 'open', 100)]

  it('concern no run in which none of them moved', () => {
    expect(of(breakerSafety, facts, whole('t1.c0'))).toEqual(silent)
    expect(of(breakerLiveness, facts, whole('t1.c0'))).toEqual(silent)
  })

  it('that opened are judged on that, and on letting nobody wait for ever only when somebody came', () => {
    expect(of(breakerSafety, facts, opened)).toEqual(tested(1))
    expect(of(breakerLiveness, facts, opened)).toEqual(silent)
    const refused = settled('t2.c0', 'failed', 'charge', { error: error('breaker-open', false) })
    expect(of(breakerLiveness, facts, opened, refused)).toEqual(tested(1))
  })

  it('that let a probe through have given the service its chance', () => {
    expect(of(breakerLiveness, facts, opened, move('open', 'half-open', 1_100), attemptStart('t2.c0'))).toEqual(
      tested(1),
    )
  })
})

describe('rate limits', () => {
  const facts: Facts = { ...own, tools: [{ ...charge, rateLimitPerMinute: 1 }] }
  const admitted = happened('limiter-admitted', { call: 't1.c0', tool: 'charge', at: 10 })
  const refused = happened('call-rejected', { call: 't1.c1', tool: 'charge', error: error('rate-limited', true, 9) })

  it('concern no run that never called what is limited', () => {
    expect(of(rateLimitSafety, facts)).toEqual(silent)
    expect(of(rateLimitLiveness, facts)).toEqual(silent)
  })

  it('are held to what they admit when they admit, and to what they refuse when they refuse', () => {
    expect(of(rateLimitSafety, facts, admitted)).toEqual(tested(1))
    expect(of(rateLimitLiveness, facts, admitted)).toEqual(silent)
    expect(of(rateLimitLiveness, facts, admitted, refused)).toEqual(tested(1))
  })
})

describe('the order of results', () => {
  const [one, other] = [proposal('charge', { id: 1 }, 'a'), proposal('charge', { id: 2 }, 'b')]
  const shown = prompted(2, [user, asked(one, other), results([one, '1'], [other, '2'])])

  it('concerns no batch of which one call at most was carried out', () => {
    expect(of(resultOrder, own, settled('t1.c1', 'ok'), shown)).toEqual(silent)
  })

  it('is tested when the calls of a batch ended in another order, and waited for when they did not', () => {
    expect(of(resultOrder, own, settled('t1.c1', 'ok'), settled('t1.c0', 'ok'), shown)).toEqual(tested(1))
    expect(of(resultOrder, own, settled('t1.c0', 'ok'), settled('t1.c1', 'ok'), shown)).toEqual({
      ...silent,
      concerned: true,
    })
  })
})
