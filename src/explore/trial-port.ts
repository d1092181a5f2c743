/** What search needs of whoever runs trials and knows the checks; `scenario/` and `check/` provide it, tests fake it. */

import type { Source } from '../kernel/source.js'
import type { Sequences } from '../scenario/fault-sequence.js'
import type { TrialResult } from '../scenario/trial-result.js'
import type { FaultsAsked, InvariantInfo } from './hands.js'

/** The opaque value a user holds. */
export interface NamedScenario {
  readonly name: string
}

export interface TrialOptions<S extends NamedScenario = NamedScenario> {
  readonly source: Source
  /** The calm day: what its ledger holds is intended, and the script must fit. */
  readonly calm?: boolean
  /** From the calm trial: `TrialResult.facts.intended`. */
  readonly intended?: Readonly<Record<string, number>>
  readonly keepSites?: boolean
  /** Collects all violations instead of stopping at the first. */
  readonly keepGoing?: boolean
  /** Records where in the agent's source a request was made. */
  readonly callSites?: boolean
  /** In a fresh copy of the user's modules, where there is a way to make one. */
  readonly fresh?: boolean
  /** How the user's prompt is reworded. */
  readonly words?: readonly string[]
  /** Further copies, each for the process after one more crash. */
  readonly lives?: readonly S[]
}

export type RunTrial<S extends NamedScenario = NamedScenario> = (
  scenario: S,
  options: TrialOptions<S>,
) => Promise<TrialResult>

/** What is known of the checks and of the user's files. */
export interface Lore<S extends NamedScenario = NamedScenario> {
  /** Every invariant that judges this scenario. */
  invariants(scenario: S): readonly InvariantInfo[]
  faultsAsked(scenario: S): FaultsAsked
  /** What it prescribes for the tries of its calls. */
  sequences(scenario: S): Sequences
  /** The rewordings that change its prompt. */
  words(scenario: S): readonly string[]
  /** The text at `src/agent.ts:19`; empty where it cannot be read. */
  sourceLine(at: string): string
}
