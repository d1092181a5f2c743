/** Two trials side by side: what each shows, and the one decision in which they differ. */

/** One thing that a trial shows: what it is about, and what it is. */
export type Told = readonly [about: string, is: string]

export interface TrialsCompared {
  readonly relation: string
  readonly says: string
  /** The decision in which they differ. */
  readonly at: { readonly label: string; readonly alternative: string }
  readonly plain: readonly Told[]
  readonly changed: readonly Told[]
}
