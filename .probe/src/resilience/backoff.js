/** How long to wait before the next attempt: exponential, jittered, capped, and never shorter than the other side asked for. */
/** The wait after the failed attempt `attempt` (from 1). `jitter` was drawn from `[0, jitterMs]`. */
export function backoffMs(policy, attempt, jitter) {
    return Math.min(policy.maxDelayMs, policy.baseMs * policy.factor ** (attempt - 1) + jitter);
}
/** What was asked for (Retry-After) where it means anything; negative, infinite and unparsable requests mean nothing. */
export function askedMs(afterMs) {
    return afterMs !== undefined && Number.isFinite(afterMs) && afterMs >= 0 ? afterMs : undefined;
}
