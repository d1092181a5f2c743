/** Judges a finished history, as a watch would have judged it while it grew. */

import type { History } from '../core/history.js'
import { endsEarly, historyDefect } from './history-defect.js'
import type { Check } from './invariant.js'
import { invariants } from './registry.js'
import { type CheckVerdict, watcher } from './watch.js'

/**
 * One verdict per check, in registry order, relations left out. Pure: the same history gives the same verdicts. A history that is
 * out of order, or of another version, is judged by nobody: every verdict is `unknown`, with the reason. Of one whose end is missing,
 * what should have come in the end is unknown.
 * @param checks default: every invariant there is.
 */
export function judge(history: History, checks: readonly Check[] = invariants): CheckVerdict[] {
  const reason = historyDefect(history)
  if (reason !== undefined) return unjudged(checks, reason)
  const watch = watcher(checks).begin(history.facts)
  for (const event of history.events) watch.feed(event)
  watch.rest(endsEarly(history))
  return watch.verdicts()
}

const unjudged = (checks: readonly Check[], reason: string): CheckVerdict[] =>
  checks.flatMap(({ name, relation }) =>
    relation ? [] : [{ invariant: name, verdict: 'unknown' as const, arose: 0, concerned: true, reason }],
  )
