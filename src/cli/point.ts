/** A moment of a trial, as the command line names it. */

import { StormproofError } from '../core/error.js'
import type { AnyEvent } from '../core/event.js'

/** An event by its number, or the last one before so many virtual milliseconds have passed. */
export type Point = { readonly seq: number } | { readonly vt: number }

/** The last event of the moment. Throws a `usage` error where it lies before the first. */
export function eventAt(events: readonly AnyEvent[], until: Point): AnyEvent {
  const last = events.findLast((event) => ('seq' in until ? event.seq <= until.seq : event.vt <= until.vt))
  if (last) return last
  throw new StormproofError('usage', '--until names a moment before the first event', {
    remedy: `the first is #${events[0]?.seq ?? 0}, the last #${events.at(-1)?.seq ?? 0}`,
  })
}
