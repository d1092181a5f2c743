/** Whether a failed attempt is followed by another one, and when. Typed classes decide; texts never do. */
import { askedMs, backoffMs } from './backoff.js';
/** The default judgement: the side that failed typed it retryable. */
export const isRetryable = (error) => error.retryable;
/** Decides after a failed attempt. An infinite Retry-After is no number and is ignored; one above the cap gives up. */
export function retry(policy, failed, now, retryable = isRetryable) {
    if (!retryable(failed.error))
        return { kind: 'stop', because: 'not-retryable' };
    if (failed.attempt >= policy.attempts)
        return { kind: 'stop', because: 'exhausted' };
    const asked = askedMs(failed.error.afterMs) ?? 0;
    if (asked > policy.maxDelayMs)
        return { kind: 'stop', because: 'asked-too-long' };
    const delayMs = Math.max(asked, backoffMs(policy, failed.attempt, failed.jitter));
    if (now + delayMs >= failed.deadline)
        return { kind: 'stop', because: 'deadline' };
    return { kind: 'again', delayMs };
}
