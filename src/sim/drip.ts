/** Things that come one after the other in virtual time, for as long as somebody is there to receive them. */

import type { Timer } from '../core/clock.js'
import { isAlive } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'

export interface Pace {
  /** Once, unless it is cancelled or nobody lives to see it. */
  after(ms: number, run: () => void): Timer
  readonly isAlive: () => boolean
}

/** In the time of a world, for whoever acts in it now. */
export function paceOf(world: World): Pace {
  const scope = world.scopes.current()
  const living = (): boolean => scope !== undefined && isAlive(scope)
  return { after: (ms, run) => world.timer(ms, () => living() && run(), true), isAlive: living }
}

/** The first comes at once, `end` a gap after the last. What is cancelled stops where it is. */
export function drip<T>(
  pace: Pace,
  items: readonly T[],
  gapMs: number,
  arrive: (item: T) => void,
  end: () => void,
): Timer {
  let next: Timer | undefined
  let cancelled = false
  const from = (at: number): void => {
    if (at < items.length) arrive(items[at] as T)
    if (cancelled) return
    next = pace.after(gapMs, at + 1 < items.length ? () => from(at + 1) : end)
  }
  from(0)
  return {
    cancel: () => {
      cancelled = true
      next?.cancel()
    },
  }
}
