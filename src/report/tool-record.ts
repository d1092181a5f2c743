/** The card of a tool in a record: what reporters show of it. Plain JSON; its texts are untrusted data. */

import type { Verdict } from '../core/verdict.js'

export interface ClauseRecord {
  readonly name: string
  /** The clause as a sentence without its subject. */
  readonly says: string
  readonly verdict: Verdict
  /** Why nobody judged it: there is nothing to keep, somebody would have to say more, or no case put it to the test. */
  readonly beside?: 'does-not-apply' | 'not-judged' | 'never-arose'
  /** Trials in which it was put to the test. */
  readonly exercised: number
  readonly told: string
  /** The smallest case that breaks it, one line a call, and hints. */
  readonly witness: readonly string[]
}

export interface ToolRecord {
  /** `AI SDK tool`. */
  readonly kind: string
  /** How the code of its user names it: `tools.refundOrder`. */
  readonly inCode: string
  readonly cases: number
  /** What was read from its calm calls, and what else its caller should know; a line each. */
  readonly about: readonly string[]
  /** In the order of the card. */
  readonly clauses: readonly ClauseRecord[]
  /** What could be declared of it: the evidence supports it, and does not prove it. */
  readonly suggestion: { readonly effect: string; readonly idempotency: string; readonly retry: string }
}

/** Clauses in the order they are read in: judged ones first, those that do not apply last. */
export const inReadingOrder = (clauses: readonly ClauseRecord[]): readonly ClauseRecord[] =>
  clauses.toSorted((one, other) => rank(one) - rank(other))

const rank = ({ beside }: ClauseRecord): number => (beside === undefined ? 0 : beside === 'does-not-apply' ? 2 : 1)

/** `3 kept · 4 broken · 2 not judged`. */
export function countWords(clauses: readonly ClauseRecord[]): string {
  const kept = clauses.filter(({ verdict }) => verdict === 'valid').length
  const broken = clauses.filter(({ verdict }) => verdict === 'invalid').length
  const open = clauses.filter(({ beside }) => beside === 'not-judged' || beside === 'never-arose').length
  return `${kept} kept · ${broken} broken · ${open} not judged`
}
