/** Store operations that change nothing, tried until the store answers or the patience is spent. */
import { backoffMs } from '../resilience/backoff.js';
import { appendRetry } from './defaults.js';
/** Waits on the port's clock. */
const sleep = (clock, delayMs) => new Promise((resolve) => {
    clock.after(delayMs, resolve);
});
/** Waits after the failed try `attempt`, or throws its `problem` once the tries are used up. */
export async function patience(clock, attempt, problem) {
    if (attempt >= appendRetry.attempts)
        throw problem;
    await sleep(clock, backoffMs(appendRetry, attempt, 0));
}
/** The operation's answer; its last error once the tries are used up. */
export async function insist(clock, operation) {
    for (let attempt = 1;; attempt++) {
        try {
            return await operation();
        }
        catch (problem) {
            await patience(clock, attempt, problem);
        }
    }
}
