/** What a relation between two trials is: one thing is changed, and what was promised whatever happens stays as it is. */

import type { Told } from '../../core/compared.js'
import type { Decision } from '../../kernel/tape.js'
import type { TrialResult } from '../trial-result.js'

/** A decision of the changed trial that the plain one lacks, or has otherwise. */
export type Change = Pick<Decision, 'label' | 'alternative'>

export interface Relation {
  /** Kebab-case, as the trial that chooses it names it. */
  readonly name: string
  /** What is changed, in words that go on with "and nothing else changed". */
  readonly says: string
  /** Each thing that could be changed in this trial, in the order of the run; none: the relation says nothing of it. */
  readonly changes: (plain: TrialResult) => readonly Change[]
  /** What must be equal, in the order in which a reader wants to hear of it. */
  readonly shows: (trial: TrialResult) => readonly Told[]
  /** Whether the change changed anything that counts. Default: it did. */
  readonly counts?: (plain: TrialResult, changed: TrialResult) => boolean
}
