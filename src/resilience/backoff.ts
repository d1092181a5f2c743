/** How long to wait before the next attempt: exponential, jittered, capped, and never shorter than the other side asked for. */

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
