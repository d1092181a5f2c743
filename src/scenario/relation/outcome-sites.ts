/** Where something that a run must survive can befall it, and when its survivor is free to come to another end. */

import type { TrialResult } from '../trial-result.js'
import { eventsOf } from './evidence.js'
import type { Change } from './relation.js'

/** Each of these alternatives at each site that offers it. */
export const strikes = ({ visited = [] }: TrialResult, alternatives: readonly string[]): readonly Change[] =>
  visited.flatMap(({ label, kind, alternatives: offered }) =>
    kind === 'outcome'
      ? alternatives.filter((name) => offered.includes(name)).map((alternative) => ({ label, alternative }))
      : [],
  )

/** Why a run of ours stops that has used up its time or its tokens: whoever starts again spends some of them twice. */
const spent: ReadonlySet<string> = new Set(['deadline', 'budget-exhausted'])

/**
 * A run that says that it does not know what became of a call, or that it has used up what it was given, tells the truth. Whatever
 * else comes of it is its own doing.
 */
export function isHonest(_plain: TrialResult, changed: TrialResult): boolean {
  if (eventsOf(changed, 'call-settled').some(({ outcome }) => outcome === 'unknown')) return false
  return !spent.has(changed.reason)
}
