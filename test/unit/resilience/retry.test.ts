import { describe, expect, it } from 'vitest'
import type { ErrorDetail } from '../../../src/core/outcome.js'
import { backoffMs, type RetryPolicy, retry } from '../../../src/resilience/retry.js'

const policy: RetryPolicy = { attempts: 3, baseMs: 1_000, factor: 2, jitterMs: 500, maxDelayMs: 60_000 }
const error = (more: Partial<ErrorDetail> = {}): ErrorDetail => ({
  class: 'unavailable',
  text: '',
  retryable: true,
  ...more,
})
const decision = (attempt: number, failure: ErrorDetail, jitter = 0, deadline = Number.POSITIVE_INFINITY) =>
  retry(policy, { attempt, error: failure, jitter, deadline }, 100)

describe('retry', () => {
  it('doubles the wait, adds jitter and stops at the longest wait', () => {
    expect([1, 2, 3, 20].map((attempt) => backoffMs(policy, attempt, 7))).toEqual([1_007, 2_007, 4_007, 60_000])
  })

  it('counts all attempts, the first one too', () => {
    expect(decision(2, error())).toEqual({ kind: 'again', delayMs: 2_000 })
    expect(decision(3, error())).toEqual({ kind: 'stop', because: 'exhausted' })
  })

  it('never tries again what is typed as final', () => {
    expect(decision(1, error({ class: 'permanent', retryable: false }))).toEqual({
      kind: 'stop',
      because: 'not-retryable',
    })
  })

  it.each([
    [20_000, { kind: 'again', delayMs: 20_000 }],
    [500, { kind: 'again', delayMs: 1_000 }],
    [60_001, { kind: 'stop', because: 'asked-too-long' }],
    [-5, { kind: 'again', delayMs: 1_000 }],
    [Number.NaN, { kind: 'again', delayMs: 1_000 }],
    [Number.POSITIVE_INFINITY, { kind: 'again', delayMs: 1_000 }],
  ])('answers a Retry-After of %s ms', (afterMs, expected) => {
    expect(decision(1, error({ afterMs }))).toEqual(expected)
  })

  it('starts nothing at or after the deadline', () => {
    expect(decision(1, error(), 0, 1_100)).toEqual({ kind: 'stop', because: 'deadline' })
    expect(decision(1, error(), 0, 1_101)).toEqual({ kind: 'again', delayMs: 1_000 })
  })
})
