/** Store operations that change nothing, tried until the store answers or the patience is spent. */

import { isStormproofError } from '../core/error.js'
import type { Json } from '../core/json.js'
import { backoffMs } from '../resilience/retry.js'
import { appendRetry } from './policy.js'
import type { Run } from './run.js'
import { left, pause, type Waiter } from './timed.js'

/** Waits after the failed try `attempt`, or throws its `problem` once the tries are used up or the run was left; misuse no wait can mend. */
export async function patience(waiter: Waiter, attempt: number, problem: unknown): Promise<void> {
  if (isStormproofError(problem) || attempt >= appendRetry.attempts || waiter.live.has(left)) throw problem
  await pause(waiter, backoffMs(appendRetry, attempt, 0), false)
}

/** The operation's answer; its last error once the tries are used up. */
export async function insist<T>(waiter: Waiter, operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation()
    } catch (problem) {
      await patience(waiter, attempt, problem)
    }
  }
}

/**
 * `change` gives the next value, undefined to write nothing, and an answer. Whether a write whose acknowledgement was lost
 * went through is not asked: `change` sees the cell again, and must take a change it finds there for its own.
 */
export async function updateCell<A>(
  run: Run,
  name: string,
  change: (value: Json | undefined, at: number) => readonly [next: object | undefined, answer: A],
): Promise<A> {
  const cell = run.ports.store.cell(name)
  for (let attempt = 1; ; ) {
    const { version, value, at } = await insist(run, () => cell.read())
    const [next, answer] = change(value, at)
    if (next === undefined) return answer
    try {
      if ((await cell.write(version, next as Json)).kind === 'ok') return answer
    } catch (problem) {
      await patience(run, attempt++, problem)
    }
  }
}
