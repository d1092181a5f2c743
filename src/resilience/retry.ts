/** Whether a failed attempt is followed by another one, and when: backoff is exponential, jittered, capped, and never shorter than asked for. */

import type { ErrorDetail } from '../core/outcome.js'

/** Waits in milliseconds; `attempts` counts the first one too. */
export interface RetryPolicy {
  readonly attempts: number
  readonly baseMs: number
  readonly factor: number
  /** Up to this much is added, evenly. */
  readonly jitterMs: number
  /** The longest wait, and the longest Retry-After that is honoured. */
  readonly maxDelayMs: number
}

/** The wait after the failed attempt `attempt` (from 1). `jitter` was drawn from `[0, jitterMs]`. */
export function backoffMs(policy: RetryPolicy, attempt: number, jitter: number): number {
  return Math.min(policy.maxDelayMs, policy.baseMs * policy.factor ** (attempt - 1) + jitter)
}

/** What was asked for (Retry-After) where it means anything; negative, infinite and unparsable requests mean nothing. */
export function askedMs(afterMs: number | undefined): number | undefined {
  return afterMs !== undefined && Number.isFinite(afterMs) && afterMs >= 0 ? afterMs : undefined
}

/** An attempt that was not ok. */
export interface FailedAttempt {
  /** Its number, from 1: the only state a retry has, and it comes from the log. */
  readonly attempt: number
  readonly error: ErrorDetail
  /** Drawn from `[0, policy.jitterMs]`. */
  readonly jitter: number
  /** Nothing starts at or after this instant of the same clock as `now`. */
  readonly deadline: number
}

export type RetryDecision =
  | { readonly kind: 'again'; readonly delayMs: number }
  | { readonly kind: 'stop'; readonly because: 'exhausted' | 'not-retryable' | 'asked-too-long' | 'deadline' }

/** The default judgement: the side that failed typed it retryable. Texts decide nothing. */
export const isRetryable = (error: ErrorDetail): boolean => error.retryable

/** Decides after a failed attempt. An infinite Retry-After is no number and is ignored; one above the cap gives up. */
export function retry(
  policy: RetryPolicy,
  failed: FailedAttempt,
  now: number,
  retryable: (error: ErrorDetail) => boolean = isRetryable,
): RetryDecision {
  if (!retryable(failed.error)) return { kind: 'stop', because: 'not-retryable' }
  if (failed.attempt >= policy.attempts) return { kind: 'stop', because: 'exhausted' }
  const asked = askedMs(failed.error.afterMs) ?? 0
  if (asked > policy.maxDelayMs) return { kind: 'stop', because: 'asked-too-long' }
  const delayMs = Math.max(asked, backoffMs(policy, failed.attempt, failed.jitter))
  if (now + delayMs >= failed.deadline) return { kind: 'stop', because: 'deadline' }
  return { kind: 'again', delayMs }
}
