/** Store operations that change nothing, tried until the store answers or the patience is spent. */

import { isStormproofError } from '../core/error.js'
import type { Json } from '../core/json.js'
import { backoffMs } from '../resilience/retry.js'
import { appendRetry } from './policy.js'
import type { Run } from './run.js'
import { pause, type Work } from './timed.js'

/** On whose clock is waited, and where the wait is listed while it lasts: a run that is overtaken ends it. */
export type Waiter = Pick<Work, 'clock' | 'live'>

/** Waits after the failed try `attempt`, or throws its `problem` once the tries are used up; misuse no wait can mend. */
export async function patience({ clock, live }: Waiter, attempt: number, problem: unknown): Promise<void> {
  if (isStormproofError(problem) || attempt >= appendRetry.attempts) throw problem
  await pause(clock, live, backoffMs(appendRetry, attempt, 0), false)
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
  { ports, live }: Pick<Run, 'ports' | 'live'>,
  name: string,
  change: (value: Json | undefined, at: number) => readonly [next: object | undefined, answer: A],
): Promise<A> {
  const cell = ports.store.cell(name)
  const waiter = { clock: ports.clock, live }
  for (let attempt = 1; ; ) {
    const { version, value, at } = await insist(waiter, () => cell.read())
    const [next, answer] = change(value, at)
    if (next === undefined) return answer
    try {
      if ((await cell.write(version, next as Json)).kind === 'ok') return answer
    } catch (problem) {
      await patience(waiter, attempt++, problem)
    }
  }
}
