/** The card of a tool: what it promises, what it keeps, and the smallest call that shows where it does not. */

import type { Effect, Idempotency } from '../core/tool.js'
import type { Verdict } from '../core/verdict.js'
import type { StoryLine } from '../report/story.js'
import type { ClauseRecord } from '../report/tool-record.js'
import type { ClauseName } from './clause/clause.js'
import type { Facts } from './facts.js'
import type { Case } from './run/case.js'

export interface ClauseOnCard extends Omit<ClauseRecord, 'name'> {
  /** The smallest trial that breaks it, as it is played again, its story, and why it came so. Undefined unless broken. */
  readonly breach?: {
    readonly trial: readonly Case[]
    readonly story: readonly StoryLine[]
    readonly hints: readonly string[]
  }
}

/** What could be declared of the tool: the evidence supports it, and does not prove it. */
export interface Suggestion {
  /** `unknown`: no calm call asked anybody or came to an end. */
  readonly effect: Effect | 'unknown'
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
