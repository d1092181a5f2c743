/** A run in progress: the rules, the ports, the log and the state it amounts to. */
import { pause } from './timed.js';
/** The one retry decision of model calls, calls and compensations; its jitter is drawn under the operation's label. */
export function decideRetry(run, operation, attempt, error, deadline) {
    const { agent, parts, ports } = run;
    const jitter = ports.random.below(`retry/${operation}/a${attempt}`, agent.retry.jitterMs + 1);
    return parts.retry(agent.retry, { attempt, error, jitter, deadline }, ports.clock.now(), parts.retryable);
}
/** The record of a wait before the next attempt. */
export function retryScheduled(run, op, attempt, error, delayMs) {
    return { type: 'retry-scheduled', op, attempt, delayMs, error, at: run.ports.clock.now() };
}
/** Waits out what the log ordered, or what is left of it after a crash. */
export async function waitOut(run, wait) {
    if (!wait)
        return;
    const left = Math.min(wait.until - run.ports.clock.now(), wait.delayMs);
    if (left > 0)
        await pause(run.ports.clock, run.live, left);
}
