/** What a check concludes: three values, and the few events that show it. */

export type Verdict = 'valid' | 'invalid' | 'unknown'

/** A broken promise in one history. `witness` lists event numbers (`seq`), shortest first to last. */
export interface Violation {
  readonly invariant: string
  /** The clause of the invariant, `a`, `b`, …; findings are grouped by (invariant, clause). */
  readonly clause: string
  readonly because: string
  readonly witness: readonly number[]
  /** The event at which it became true. */
  readonly seq: number
  readonly tool?: string
}

/** One invariant over one history. `arose` counts how often its condition came up: 0 means that nothing was tested. */
export interface InvariantVerdict {
  readonly invariant: string
  readonly verdict: Verdict
  readonly arose: number
  readonly violation?: Violation
}
