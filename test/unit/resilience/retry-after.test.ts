import { describe, expect, it } from 'vitest'
import { errorOfStatus, retryAfterMs } from '../../../src/core/http-error.js'
import { type FailedAttempt, retry } from '../../../src/resilience/retry.js'

const wall = Date.UTC(2026, 10, 6, 8, 49, 30)
const policy = { attempts: 3, baseMs: 1_000, factor: 2, jitterMs: 500, maxDelayMs: 60_000 }

describe('seed-103: Retry-After', () => {
  it.each([
    ['2', 2_000],
    ['0', 0],
    ['1.5', 1_500],
    [' 7 ', 7_000],
    ['Fri, 06 Nov 2026 08:49:37 GMT', 7_000],
    ['Friday, 06-Nov-26 08:49:37 GMT', 7_000],
    ['Fri Nov  6 08:49:37 2026', 7_000],
    ['Fri, 06 Nov 2026 08:00:00 GMT', 0],
    ['-5', undefined],
    ['1e999', undefined],
    ['Infinity', undefined],
    ['soon', undefined],
    ['2026-11-06', undefined],
    ['Fri, 99 Nov 2026 08:49:37 GMT', undefined],
    ['', undefined],
    [null, undefined],
    ['99999999999', 99_999_999_999_000],
  ])('%j is %j ms', (retryAfter, expected) => {
    expect(retryAfterMs({ retryAfter }, wall)).toBe(expected)
  })

  it('in milliseconds is more exact and wins, unless it is garbage', () => {
    expect(retryAfterMs({ retryAfter: '2', retryAfterMs: '1250' }, wall)).toBe(1_250)
    expect(retryAfterMs({ retryAfter: '2', retryAfterMs: '-1' }, wall)).toBe(2_000)
    expect(retryAfterMs({ retryAfterMs: 'x' }, wall)).toBeUndefined()
  })

  it('is waited for at least; a huge one gives up instead of waiting less, a senseless one is ignored', () => {
    const decide = (retryAfter: string) => {
      const error = errorOfStatus(429, { afterMs: retryAfterMs({ retryAfter }, wall) })
      const failed: FailedAttempt = { attempt: 1, error, jitter: 200, deadline: Number.POSITIVE_INFINITY }
      return retry(policy, failed, 0)
    }
    expect(decide('30')).toEqual({ kind: 'again', delayMs: 30_000 })
    expect(decide('-30')).toEqual({ kind: 'again', delayMs: 1_200 })
    expect(decide('3600')).toEqual({ kind: 'stop', because: 'asked-too-long' })
  })
})

describe('seed-102: the status of an answer', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 529])('%i is worth another try', (status) => {
    expect(errorOfStatus(status).retryable).toBe(true)
  })

  it.each([400, 401, 403, 404, 409, 410, 422, 451])('%i is not', (status) => {
    expect(errorOfStatus(status, { afterMs: 5 })).toMatchObject({ retryable: false, class: 'permanent' })
    expect(errorOfStatus(status, { afterMs: 5 }).afterMs).toBeUndefined()
  })

  it('409 is, where the service means a conflict that passes', () => {
    expect(errorOfStatus(409, { conflict: 'retry' })).toMatchObject({ retryable: true, class: 'unavailable' })
  })

  it('names the class, so that no text has to decide', () => {
    expect([408, 429, 503, 504].map((status) => errorOfStatus(status).class)).toEqual([
      'timeout',
      'rate-limited',
      'unavailable',
      'timeout',
    ])
  })
})
