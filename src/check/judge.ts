/** Judges a finished history, as a watch would have judged it while it grew. */

import type { History } from '../core/history.js'
import type { Check } from './invariant.js'
import { invariants } from './registry.js'
import { type CheckVerdict, watcher } from './watch.js'

/**
 * One verdict per check, in registry order, relations left out. Pure: the same history gives the same verdicts.
 * @param checks default: every invariant there is.
 */
export function judge(history: History, checks: readonly Check[] = invariants): CheckVerdict[] {
  const watch = watcher(checks).begin(history.facts)
  for (const event of history.events) watch.feed(event)
  watch.rest(history.truncated)
  return watch.verdicts()
}
