/** Checks of breakers, rate limits, budgets, hidden retries and lanes, on histories made by hand. */

import { describe, expect, it } from 'vitest'
import { breakerLiveness } from '../../../src/check/invariant/breaker-liveness.js'
import { breakerSafety } from '../../../src/check/invariant/breaker-safety.js'
import { budgetSafety } from '../../../src/check/invariant/budget-safety.js'
import { laneOrder } from '../../../src/check/invariant/lane-order.js'
import { rateLimitLiveness } from '../../../src/check/invariant/rate-limit-liveness.js'
import { rateLimitSafety } from '../../../src/check/invariant/rate-limit-safety.js'
import { retryAmplification } from '../../../src/check/invariant/retry-amplification.js'
import type { Facts } from '../../../src/core/history.js'
import type { ErrorDetail } from '../../../src/core/outcome.js'
import { charge, type Draft, limits, own, verdict } from './history-of.js'

const away: ErrorDetail = { class: 'unavailable', text: '503', retryable: true }
const bad: ErrorDetail = { class: 'permanent', text: '422', retryable: false }

const runStart: Draft = {
  type: 'run-start',
  session: 's',
  agent: 'a',
  prompt: 'go',
  instructions: '',
  limits,
  saga: false,
  at: 0,
}

const begin = (call: string, attempt = 1): Draft => ({
  type: 'attempt-start',
  call,
  tool: 'charge',
  attempt,
  key: call,
  argsDigest: 'd',
  deadline: 9e9,
})
const finish = (call: string, error?: ErrorDetail, attempt = 1): Draft =>
  error
    ? { type: 'attempt-end', call, tool: 'charge', attempt, outcome: 'failed', error }
    : { type: 'attempt-end', call, tool: 'charge', attempt, outcome: 'ok', value: 1 }
const whole = (call: string, error?: ErrorDetail): Draft[] => [begin(call), finish(call, error)]
type Kind = 'closed' | 'open' | 'half-open'
const move = (from: Kind, to: Kind, at: number, failures = 2): Draft => ({
  type: 'breaker-moved',
  key: 'tool/charge',
  from,
  to,
  failures,
  at,
  vt: at,
})

describe('breaker-safety', () => {
  const facts: Facts = { ...own, breaker: { failures: 2, resetMs: 1_000 } }
  const opened = [runStart, whole('t1.c0', away), whole('t1.c1', away), move('closed', 'open', 100)]
  const judged = (...drafts: Parameters<typeof verdict>[2]) => verdict(breakerSafety, facts, drafts)
  const clause = (...drafts: Parameters<typeof verdict>[2]) => judged(...drafts).violation?.clause

  it('holds for a breaker that opens, probes, opens again, probes and closes', () => {
    const probing = [move('open', 'half-open', 1_100), whole('t2.c0', away), move('half-open', 'open', 1_200)]
    const mended = [move('open', 'half-open', 2_200), whole('t3.c0'), move('half-open', 'closed', 2_300)]
    const held = judged(...opened, ...probing, ...mended, whole('t4.c0', away))
    expect(held).toMatchObject({ verdict: 'valid' })
    expect(held.arose).toBe(7)
  })

  it.each([
    [
      'a: it opens for failures that were not in a row',
      'a',
      [runStart, whole('t1.c0', away), whole('t1.c1'), whole('t1.c2', away), move('closed', 'open', 90)],
    ],
    [
      'a: it opens for refusals, which say nothing',
      'a',
      [runStart, whole('t1.c0', bad), whole('t1.c1', bad), move('closed', 'open', 90)],
    ],
    [
      'a: it stays closed after the last failure allowed',
      'a',
      [runStart, whole('t1.c0', away), whole('t1.c1', away), begin('t1.c2')],
    ],
    ['b: it half-opens too early', 'b', [...opened, move('open', 'half-open', 1_099)]],
    [
      'b: it closes although the probe failed',
      'b',
      [...opened, move('open', 'half-open', 1_100), whole('t2.c0', away), move('half-open', 'closed', 1_200)],
    ],
    [
      'b: it closes on the word of a call that began before',
      'b',
      [
        runStart,
        begin('t1.c2'),
        whole('t1.c0', away),
        whole('t1.c1', away),
        move('closed', 'open', 100),
        move('open', 'half-open', 1_100),
        begin('t2.c0'),
        finish('t1.c2'),
        move('half-open', 'closed', 1_200),
      ],
    ],
    ['c: something starts while it is open', 'c', [...opened, begin('t2.c0')]],
    ['d: two probes at once', 'd', [...opened, move('open', 'half-open', 1_100), begin('t2.c0'), begin('t2.c1')]],
  ] as const)('is broken when %s', (_what, expected, drafts) => {
    expect(clause(...(drafts as Parameters<typeof verdict>[2]))).toBe(expected)
  })

  it('knows that tools share the breaker of their dependency', () => {
    const shared = { ...facts, tools: [{ ...charge, dependency: 'bank' }] }
    const other: Draft = {
      type: 'breaker-moved',
      key: 'dependency/bank',
      from: 'closed',
      to: 'open',
      failures: 2,
      at: 90,
    }
    const drafts = [runStart, whole('t1.c0', away), whole('t1.c1', away), other, begin('t2.c0')]
    expect(verdict(breakerSafety, shared, drafts).violation?.clause).toBe('c')
  })
})

describe('breaker-liveness', () => {
  const facts: Facts = { ...own, breaker: { failures: 2, resetMs: 1_000 } }
  const refused = (vt: number): Draft => ({
    type: 'call-settled',
    call: 't9.c0',
    tool: 'charge',
    outcome: 'failed',
    attempts: 0,
    error: { class: 'breaker-open', text: '', retryable: false },
    vt,
  })
  const opened = [runStart, whole('t1.c0', away), whole('t1.c1', away), move('closed', 'open', 100)]

  it('holds while the time is not up, or a probe is in flight', () => {
    expect(verdict(breakerLiveness, facts, [...opened, refused(900)])).toMatchObject({ verdict: 'valid', arose: 1 })
    const probing = [move('open', 'half-open', 1_100), begin('t2.c0'), refused(90_000)]
    expect(verdict(breakerLiveness, facts, [...opened, ...probing]).verdict).toBe('valid')
  })

  it('is broken by a breaker that never lets anybody in again, also after a probe that ended without a word', () => {
    expect(verdict(breakerLiveness, facts, [...opened, refused(90_000)]).verdict).toBe('invalid')
    const leaked = [move('open', 'half-open', 1_100), whole('t2.c0', bad), refused(90_000)]
    expect(verdict(breakerLiveness, facts, [...opened, ...leaked]).verdict).toBe('invalid')
  })

  it('allows a refusal beside a probe to be recorded soon after its end', () => {
    const probed = [move('open', 'half-open', 60_000), whole('t2.c0', bad)]
    const beside = (call: string, vt: number): Draft => ({ ...refused(vt), call }) as Draft
    const judged = (call: string, vt: number) =>
      verdict(breakerLiveness, facts, [...opened, ...probed, beside(call, vt)]).verdict
    expect(judged('t2.c1', 60_100)).toBe('valid')
    expect(judged('t2.c1', 95_000)).toBe('invalid')
    expect(judged('t3.c0', 60_100)).toBe('invalid')
  })
})

describe('rate limits', () => {
  const facts = (rateLimitPerMinute: number): Facts => ({ ...own, tools: [{ ...charge, rateLimitPerMinute }] })
  const admitted = (call: string, at: number): Draft => ({ type: 'limiter-admitted', call, tool: 'charge', at, vt: at })
  const refused = (vt: number): Draft => ({
    type: 'call-rejected',
    call: 't9.c0',
    tool: 'charge',
    error: { class: 'rate-limited', text: '', retryable: true },
    vt,
  })

  it('rate-limit-safety holds for a full minute, and is broken by one call more, over a restart too', () => {
    const two = [runStart, admitted('t1.c0', 0), begin('t1.c0'), admitted('t1.c1', 60_000), begin('t1.c1')]
    expect(verdict(rateLimitSafety, facts(2), two).verdict).toBe('valid')
    const restart: Draft[] = [
      { type: 'crash', epoch: 1 },
      { type: 'restart', epoch: 2 },
    ]
    const three = [...two, ...restart, admitted('t1.c2', 60_000)]
    expect(verdict(rateLimitSafety, facts(2), three).violation).toMatchObject({ clause: 'a', tool: 'charge' })
    expect(verdict(rateLimitSafety, facts(2), [...two, admitted('t1.c2', 60_001)]).verdict).toBe('valid')
  })

  it('rate-limit-safety is broken by 0 that lets one through, by a call nobody admitted, and by too many in flight', () => {
    expect(verdict(rateLimitSafety, facts(0), [runStart, admitted('t1.c0', 0)]).violation?.clause).toBe('a')
    expect(verdict(rateLimitSafety, facts(2), [runStart, begin('t1.c0')]).violation?.clause).toBe('b')
    const five = [0, 1, 2, 3, 4].map((index) => begin(`t1.c${index}`))
    expect(verdict(rateLimitSafety, own, [runStart, ...five]).violation?.clause).toBe('c')
  })

  it('rate-limit-liveness is broken by a refusal while there was room', () => {
    const one = [runStart, admitted('t1.c0', 0)]
    expect(verdict(rateLimitLiveness, facts(1), [...one, refused(59_000)])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
    expect(verdict(rateLimitLiveness, facts(2), [...one, refused(59_000)]).verdict).toBe('invalid')
    expect(verdict(rateLimitLiveness, facts(1), [...one, refused(200_000)]).verdict).toBe('invalid')
    expect(verdict(rateLimitLiveness, facts(0), [runStart, refused(10)]).verdict).toBe('valid')
  })
})

describe('budget-safety', () => {
  const facts: Facts = { ...own, budget: { tokens: 1_000 } }
  const reserved = (turn: number, tokens: number): Draft => ({
    type: 'budget-reserved',
    turn,
    attempt: 1,
    prompt: 1,
    tokens,
    cost: 0,
  })
  const asked = (turn: number): Draft => ({ type: 'model-call-start', turn, attempt: 1 })
  const answered = (turn: number, outputTokens: number): Draft => ({
    type: 'model-call-end',
    turn,
    attempt: 1,
    outcome: 'ok',
    text: 'x',
    calls: [],
    usage: { inputTokens: 0, outputTokens },
  })
  const charged = (turn: number, tokens: number): Draft => ({
    type: 'budget-charged',
    turn,
    attempt: 1,
    prompt: 1,
    tokens,
    cost: 0,
  })
  const call = (turn: number, most: number, used: number) => [
    reserved(turn, most),
    asked(turn),
    answered(turn, used),
    charged(turn, used),
  ]

  it('holds while each call fits into what is left, and is charged', () => {
    const held = verdict(budgetSafety, facts, [runStart, call(1, 600, 400), call(2, 600, 500)])
    expect(held).toMatchObject({ verdict: 'valid', arose: 4 })
  })

  it('is broken by a call that does not fit, that was not reserved, or whose use is not charged', () => {
    const clauseOf = (...drafts: Parameters<typeof verdict>[2]) =>
      verdict(budgetSafety, facts, [runStart, ...drafts]).violation?.clause
    expect(clauseOf(call(1, 600, 500), reserved(2, 501))).toBe('a')
    expect(clauseOf(asked(1))).toBe('a')
    expect(verdict(budgetSafety, { ...own, budget: { tokens: 0 } }, [runStart, reserved(1, 0)]).violation?.clause).toBe(
      'a',
    )
    expect(clauseOf(reserved(1, 600), asked(1), answered(1, 400), charged(1, 100))).toBe('d')
    expect(clauseOf(reserved(1, 9), asked(1), answered(1, 4), reserved(2, 9), asked(2), answered(2, 4))).toBe('d')
  })
})

describe('retry-amplification', () => {
  const request = (site: string, attempt: number, input = { cents: 5 }): Draft => ({
    type: 'request-arrived',
    backend: 'shop',
    operation: 'charge',
    kind: 'write',
    site,
    input,
    key: 'k',
    call: 't1.c0',
    attempt,
  })
  const answer = (site: string, outcome: 'ok' | 'failed'): Draft => ({
    type: 'request-answered',
    backend: 'shop',
    operation: 'charge',
    site,
    outcome,
    status: outcome === 'ok' ? 200 : 503,
    text: '',
  })
  const prompt = (attempt: number): Draft => ({
    type: 'prompt-received',
    turn: 1,
    attempt,
    messages: [{ role: 'user', text: 'go' }],
    tools: [],
  })
  const broke = (attempt: number): Draft => ({
    type: 'model-answered',
    turn: 1,
    attempt,
    text: '',
    calls: [],
    stop: 'other',
    complete: false,
    status: 503,
  })

  it('seed-114: holds for attempts that each ask once, and is broken by a request that is repeated inside one', () => {
    const spaced = [request('a', 1), answer('a', 'failed'), request('b', 2), answer('b', 'ok')]
    expect(verdict(retryAmplification, own, [runStart, ...spaced])).toMatchObject({ verdict: 'valid', arose: 1 })
    const other = [request('a', 1), answer('a', 'failed'), request('b', 1, { cents: 6 })]
    expect(verdict(retryAmplification, own, [runStart, ...other]).verdict).toBe('valid')
    const hidden = [request('a', 1), answer('a', 'failed'), request('b', 1)]
    expect(verdict(retryAmplification, own, [runStart, ...hidden]).violation?.clause).toBe('b')
  })

  it('is broken by a model that is asked again inside one attempt', () => {
    expect(verdict(retryAmplification, own, [runStart, prompt(1), broke(1), prompt(2)]).verdict).toBe('valid')
    expect(verdict(retryAmplification, own, [runStart, prompt(1), broke(1), prompt(1)]).violation?.clause).toBe('b')
  })

  it('seed-114: is broken by more attempts for one goal than attempts x (1 + corrections)', () => {
    const attempts = Array.from({ length: 13 }, (_, index) => begin(`t${index}.c0`))
    expect(verdict(retryAmplification, own, [runStart, ...attempts.slice(0, 12)]).verdict).toBe('valid')
    expect(verdict(retryAmplification, own, [runStart, ...attempts]).violation?.clause).toBe('a')
  })

  it('lets a model that strayed want one thing often, and its calls no more attempts than they may have', () => {
    const stray: Draft = { type: 'model-strayed', turn: 2, attempt: 1, fault: 'model/loop' }
    const often = Array.from({ length: 13 }, (_, index) => begin(`t${index}.c0`))
    expect(verdict(retryAmplification, own, [runStart, stray, ...often]).verdict).toBe('valid')
    const tried = Array.from({ length: 13 }, () => begin('t1.c0'))
    expect(verdict(retryAmplification, own, [runStart, stray, ...tried]).violation?.clause).toBe('a')
  })
})

describe('seed-203: lane-order', () => {
  const facts: Facts = { ...own, lanes: { ageMs: 30_000 } }
  const joined = (request: string, way: 'new' | 'resuming', vt: number): Draft => ({
    type: 'lane-joined',
    request,
    way,
    vt,
  })
  const left = (request: string, way: 'new' | 'resuming', vt: number, served = true): Draft => ({
    type: 'lane-left',
    request,
    way,
    served,
    vt,
  })
  const both = [joined('n', 'new', 0), joined('r', 'resuming', 10)]

  it('holds when those under way go first, or age has promoted the new one', () => {
    expect(verdict(laneOrder, facts, [...both, left('r', 'resuming', 20), left('n', 'new', 30)]).verdict).toBe('valid')
    expect(verdict(laneOrder, facts, [...both, left('n', 'new', 30_000), left('r', 'resuming', 30_001)]).verdict).toBe(
      'valid',
    )
    expect(verdict(laneOrder, facts, [...both, left('n', 'new', 20, false), left('r', 'resuming', 30)]).verdict).toBe(
      'valid',
    )
  })

  it('is broken by a new one that goes first, and by one that is never served', () => {
    expect(verdict(laneOrder, facts, [...both, left('n', 'new', 20)]).violation?.clause).toBe('a')
    expect(verdict(laneOrder, facts, [...both, left('r', 'resuming', 20)]).violation?.clause).toBe('b')
    expect(verdict(laneOrder, own, both).concerned).toBe(false)
  })
})
