/** A reported bug as a regression: the mutant that puts it back, where, and what must go wrong. */

import type { Pair } from '../../src/explore/hands.js'
import { mutants } from '../../src/mutant/registry.js'
import { type Preserve, preserves } from '../mutant/preserves.js'

export interface Case {
  /** Of the reported bug. */
  readonly id: string
  readonly mutant: string
  /** Default: where the mutant is hunted. */
  readonly place?: Preserve
  /** All that goes wrong, in the order of the tape; empty: the bug shows on the best of days. */
  readonly schedule: readonly Pair[]
}

const placeOf = ({ mutant, place = preserves[mutant]! }: Case): Preserve => place

/** The scenario on the runtime that has the bug. */
export const brokenOf = (one: Case) =>
  placeOf(one)((agent) => mutants.find(({ name }) => name === one.mutant)!.change(agent, () => 0))

/** The same scenario on the right runtime. */
export const soundOf = (one: Case) => placeOf(one)((agent) => agent)
