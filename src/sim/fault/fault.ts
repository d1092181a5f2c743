/** What a fault is: a named way in which the world misbehaves, decided on the tape at a site. */

export type Family =
  | 'model'
  | 'tool'
  | 'transport'
  | 'store'
  | 'process'
  | 'clock'
  | 'approval'
  | 'user'
  | 'subagent'
  | 'isolation'
  | 'context'
  | 'observability'
  | 'shape'

export interface FaultDefinition {
  /** `family/kebab-name`. */
  readonly name: string
  readonly says: string
  readonly family: Family
  /** A correct agent keeps every promise under it. */
  readonly tolerated: boolean
  /** How the tape names it: an alternative of an operation's outcome, classes of its answer time, or a hold. `always`: it does not. */
  readonly chosenAs: 'outcome' | 'time' | 'hold' | 'always'
  /** Details that are choices of their own, at `<site>@<name>`; the first is the simplest. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
}
