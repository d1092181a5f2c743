/** What the simulated services applied: ground truth, which no agent sees. */

export interface LedgerRow {
  readonly effect: number
  readonly backend: string
  readonly operation: string
  readonly input: unknown
  readonly key: string | undefined
  /** The name of the intended effect: two rows of one name are one effect, twice. */
  readonly once: string
  readonly at: number
  compensated: boolean
}

export class EffectLedger {
  readonly rows: LedgerRow[] = []

  apply(row: Omit<LedgerRow, 'effect' | 'compensated'>): LedgerRow {
    const full: LedgerRow = { effect: this.rows.length, compensated: false, ...row }
    this.rows.push(full)
    return full
  }

  compensate(effect: number): void {
    const row = this.rows[effect]
    if (row) row.compensated = true
  }
}
