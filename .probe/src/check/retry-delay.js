/** How long a retry must and may wait under a policy. */
/** Least wait in ms after the failed attempt number `attempt` (from 1), with what the other side asked for. */
export function shortestDelay(retry, attempt, afterMs) {
    const planned = Math.min(retry.baseMs * retry.factor ** (attempt - 1), retry.maxDelayMs);
    return askedFor(afterMs) ? Math.max(planned, afterMs) : planned;
}
/** What is wrong with a scheduled wait; undefined when it lies within the policy. */
export function delayFits(retry, event) {
    const { delayMs, attempt } = event;
    const { afterMs } = event.error;
    if (!Number.isFinite(delayMs) || delayMs < 0)
        return `the wait before the next try is ${delayMs} ms`;
    if (askedFor(afterMs) && afterMs > retry.maxDelayMs) {
        return `a retry was planned although the other side asked for ${afterMs} ms, more than the ${retry.maxDelayMs} ms allowed`;
    }
    if (askedFor(afterMs) && delayMs < afterMs)
        return `the next try waits ${delayMs} ms where the other side asked for ${afterMs} ms`;
    const least = shortestDelay(retry, attempt, afterMs);
    const most = least + retry.jitterMs;
    if (delayMs < least)
        return `the next try waits ${delayMs} ms, less than the ${least} ms of the policy`;
    return delayMs > most ? `the next try waits ${delayMs} ms, more than the ${most} ms of the policy` : undefined;
}
const askedFor = (afterMs) => afterMs !== undefined && Number.isFinite(afterMs) && afterMs > 0;
