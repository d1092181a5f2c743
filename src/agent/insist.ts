/** Store operations that change nothing, tried until the store answers or the patience is spent. */

import type { Clock } from '../core/clock.js'
import { isStormproofError } from '../core/error.js'
import { backoffMs } from '../resilience/retry.js'
import { appendRetry } from './defaults.js'
import { pause } from './timed.js'

/** Waits after the failed try `attempt`, or throws its `problem` once the tries are used up; misuse no wait can mend. */
export async function patience(clock: Clock, attempt: number, problem: unknown): Promise<void> {
  if (isStormproofError(problem) || attempt >= appendRetry.attempts) throw problem
  await pause(clock, new Set(), backoffMs(appendRetry, attempt, 0), false)
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
