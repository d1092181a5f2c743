/** Store operations that change nothing, tried until the store answers or the patience is spent. */

import type { Clock } from '../core/clock.js'
import { isStormproofError } from '../core/error.js'
import { backoffMs } from '../resilience/retry.js'
import { appendRetry } from './defaults.js'

/** Waits on the port's clock. */
const sleep = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(delayMs, resolve)
  })

/** Waits after the failed try `attempt`, or throws its `problem` once the tries are used up; misuse no wait can mend. */
export async function patience(clock: Clock, attempt: number, problem: unknown): Promise<void> {
  if (isStormproofError(problem) || attempt >= appendRetry.attempts) throw problem
  await sleep(clock, backoffMs(appendRetry, attempt, 0))
}

/** The operation's answer; its last error once the tries are used up. */
export async function insist<T>(clock: Clock, operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation()
    } catch (problem) {
      await patience(clock, attempt, problem)
    }
  }
}
