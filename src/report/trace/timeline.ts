/** One time axis for a log, whatever its writers' clocks did. */

import type { LogEvent } from '../../core/event.js'

/** Milliseconds since the first event, one per event, never falling: a clock that started anew goes on where the last one stopped. */
export function timeline(log: readonly LogEvent[]): readonly number[] {
  let last: number | undefined
  let time = 0
  return log.map(({ at }) => {
    if (at === undefined) return time
    time += Math.max(0, at - (last ?? at))
    last = at
    return time
  })
}
