/** Part of a scenario's campaign: so many of its storms, the first also with all that comes before storms. */

import type { FindingRecord, Nondeterminism } from '../report/record.js'
import type { FaultsAsked, InvariantInfo } from './hands.js'
import type { TallySums } from './tally.js'

export interface Part {
  /** From 1. */
  readonly number: number
  /** Storms of the parts before it. */
  readonly after: number
  readonly storms: number
}

/** Fixed: how many machines share a campaign must not show in what it finds. */
const stormsAPart = 500

/** At least one, though no storm was asked for. */
export const partsOf = (trials: number): readonly Part[] =>
  Array.from({ length: Math.max(1, Math.ceil(trials / stormsAPart)) }, (_, index) => ({
    number: index + 1,
    after: index * stormsAPart,
    storms: Math.min(stormsAPart, trials - index * stormsAPart),
  }))

/** What a part showed, as plain JSON. */
export interface PartRecord {
  readonly scenario: { readonly name: string; readonly file: string; readonly breaks: readonly string[] }
  readonly part: number
  /** The same in every part, where they ran the same code. */
  readonly calm: {
    readonly goal: boolean | undefined
    /** Requests that services received. */
    readonly calls: number
    readonly fingerprint: string
    readonly invariants: readonly InvariantInfo[]
    readonly faultsAsked: FaultsAsked
  }
  readonly isFaulted: boolean
  readonly sums: TallySums
  readonly findings: readonly FindingRecord[]
  readonly doubleRuns: number
  readonly trials: number
  /** Trials that a budget of their own stopped. */
  readonly stopped: number
  readonly hangs: number
  readonly nondeterminism: Nondeterminism | undefined
  readonly interrupted: boolean
  /** A campaign in one piece would have stopped here: later parts do not count. */
  readonly ended: boolean
}

/** One of the machines that share a campaign: number `index`, from 1, of `count`. */
export interface Shard {
  readonly index: number
  readonly count: number
}

export interface Unit {
  readonly scenario: string
  readonly part: number
}

/** All that there is to do, in the order of a campaign in one piece. */
export const unitsOf = (scenarios: readonly string[], trials: number): readonly Unit[] =>
  scenarios.flatMap((scenario) => partsOf(trials).map(({ number }) => ({ scenario, part: number })))

/** Dealt like cards. */
export const unitsOfShard = (units: readonly Unit[], { index, count }: Shard): readonly Unit[] =>
  units.filter((_, turn) => turn % count === index - 1)
