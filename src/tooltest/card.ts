/** The card of a tool: what it promises, what it keeps, and the smallest call that shows where it does not. */

import type { Effect, Idempotency } from '../core/tool.js'
import type { Verdict } from '../core/verdict.js'
import type { Beside, ClauseName } from './clause/clause.js'
import type { Facts } from './facts.js'

export interface ClauseOnCard {
  /** `valid`: kept; `invalid`: broken; `unknown`: not judged, or it does not apply. */
  readonly verdict: Verdict
  /** Trials in which it was put to the test. */
  readonly exercised: number
  readonly says: string
  /** Beside it in its line: how often it was kept, how it broke, or why nobody judged it. */
  readonly told: string
  /** The smallest case that breaks it, one line a call, and hints. Empty unless broken. */
  readonly witness: readonly string[]
  /** Why nobody judged it. `never-arose`: it concerns the tool, and no case put it to the test. */
  readonly beside?: Beside['kind'] | 'never-arose'
}

/** What could be declared of the tool: the evidence supports it, and does not prove it. */
export interface Suggestion {
  readonly effect: Effect
  readonly idempotency: Idempotency | 'unknown'
  readonly retry: string
}

export interface ToolCard {
  readonly name: string
  /** `AI SDK tool`. */
  readonly kind: string
  /** `invalid` if a clause is broken, `valid` if none is and one was kept, else `unknown`. */
  readonly verdict: Verdict
  readonly seed: number
  /** Cases that were played, those of shrinking not counted. */
  readonly cases: number
  readonly facts: Facts
  readonly clauses: Readonly<Record<ClauseName, ClauseOnCard>>
  readonly suggestion: Suggestion
}
