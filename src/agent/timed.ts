/** One piece of work under a time limit: its ending, and what comes after it. */

import type { Clock } from '../core/clock.js'
import type { Run } from './run.js'
import type { Ending } from './validity.js'

/** Something that waits on the run's behalf; a run that is overtaken lets go of it. */
export interface Waiting {
  abandon(): void
  /** Ends it now, because the run was cancelled; absent: it is not to be cancelled. */
  cancel?(): void
}

/** Stands among them once the run was left: from then on nothing is waited for that could be tried again. */
export const left: Waiting = { abandon: () => {} }

/** On whose clock is waited, and where what waits is listed while it does. */
export interface Waiter {
  readonly clock: Clock
  readonly live: Set<Waiting>
}

export type Held = Pick<AbortController, 'signal'>

export interface Work {
  /** What it is, and for which call, when the sinks are told what it threw in time; absent: they are not. */
  readonly what?: string
  readonly call?: string
  readonly delayMs: number
  /** A cancelled run ends it; otherwise it is waited for. */
  readonly isCancellable?: boolean
  /** A signal costs more than all else here, and is made when it is read. */
  readonly start: (held: Held) => unknown
  /** Called at most once, with how the work ended after its time was up; absent: that changes nothing. */
  readonly late?: (ending: Ending) => void
}

/** Never rejects. When the time is up the signal aborts and the ending is `timed-out`, whatever the work still does. */
export function timed(
  { clock, live, blame }: Waiter & Partial<Pick<Run, 'blame'>>,
  { what, call, delayMs, isCancellable = false, start, late }: Work,
): Promise<Ending> {
  return new Promise((resolve) => {
    const controller = new AbortController()
    let isAbandoned = false
    const leave = (): void => {
      timer.cancel()
      live.delete(waiting)
    }
    const waiting: Waiting = {
      abandon: () => {
        isAbandoned = true
        leave()
        controller.abort()
      },
      ...(isCancellable ? { cancel: () => stop('cancelled') } : {}),
    }
    const stop = (kind: 'timed-out' | 'cancelled'): void => {
      leave()
      resolve({ kind })
      controller.abort()
    }
    const settle = (ending: Ending): void => {
      if (isAbandoned) return
      if (!live.has(waiting)) return late?.(ending)
      leave()
      if (ending.kind === 'threw' && what !== undefined) blame?.(what, ending.error, call)
      resolve(ending)
    }
    live.add(waiting)
    const timer = clock.after(delayMs, () => stop('timed-out'))
    begin(start, controller).then(
      (value) => settle({ kind: 'returned', value }),
      (error: unknown) => settle({ kind: 'threw', error }),
    )
  })
}

/** A synchronous throw, or a value that is no promise, ends the work like any other. */
function begin(start: Work['start'], held: Held): Promise<unknown> {
  try {
    return Promise.resolve(start(held))
  } catch (error) {
    return Promise.reject(error)
  }
}

/** Waits `delayMs`, or until the run is cancelled; never resolves once abandoned. */
export const pause = (waiter: Waiter, delayMs: number, isCancellable: boolean): Promise<unknown> =>
  timed(waiter, { delayMs, isCancellable, start: () => new Promise(() => {}) })

/** Asks somebody outside for what the run can do without: undefined when it fails, takes over `mostMs`, or the run's time is up. Never rejects. */
export async function consult<T>(
  run: Run,
  mostMs: number,
  ask: (signal: AbortSignal) => T | Promise<T>,
): Promise<T | undefined> {
  const delayMs = Math.min(mostMs, run.state.deadline - run.clock.now())
  if (delayMs <= 0) return undefined
  const end = await timed(run, { what: 'a guard, a summary or a memory', delayMs, start: ({ signal }) => ask(signal) })
  return end.kind === 'returned' ? (end.value as T) : undefined
}
