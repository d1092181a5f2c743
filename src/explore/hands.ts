/** Hands run trials for a campaign, in this process or in another: all that passes through them is plain JSON. */

import type { Violation } from '../core/verdict.js'
import type { Decision, VisitedSite } from '../kernel/tape.js'
import type { KeptMoment } from '../report/kept-moment.js'
import type { Origin, ScenarioProblem, TrialRecord } from '../report/record.js'
import type { Story } from '../report/story.js'
import type { StrategyName } from './strategies.js'

/** A choice that is not the simplest: the label of its site and the name of the alternative. */
export type Pair = readonly [label: string, alternative: string]

/** Where the choices of a trial come from. `continued`: up to the site `until` as decided, from there on by chance. Every other kind but `replay` is the name of a strategy, a pure function of (seed, scenario, storm number). */
export type SourceSpec =
  | { readonly kind: 'replay'; readonly decisions: readonly Pair[] }
  | {
      readonly kind: 'continued'
      readonly decisions: readonly Pair[]
      readonly until: string
      readonly seed: string
      readonly preset: string
    }
  | { readonly kind: StrategyName; readonly seed: string; readonly preset: string }

/** One trial to run. `index` is the storm number within the scenario, from 1; 0 for trials that are not storms. */
export interface Job {
  readonly origin: Origin
  readonly index: number
  readonly source: SourceSpec
  /** Report the sites that were reached. `late`: only parameters and reactions met after the last decision of a replay; `after`: outcomes too. */
  readonly keepSites?: 'all' | 'late' | 'after'
  /** In a fresh copy of the user's modules, where whoever runs it can make one: shows what outlives a trial. */
  readonly fresh?: boolean
  /** How the user's prompt is reworded, by the names of rewordings. */
  readonly words?: readonly string[]
}

export interface TrialReport {
  readonly record: TrialRecord
  /** The choices that were not the simplest, in order; filled only when something broke. */
  readonly decisions: readonly Decision[]
  /** All sites reached; filled only when the job asked for it. */
  readonly visited?: readonly VisitedSite[]
  readonly problems: readonly ScenarioProblem[]
  /** What the agent printed; filled only when something broke. */
  readonly console: readonly string[]
  /** Nothing broke, and some invariant could not be judged. */
  readonly unknown: boolean
  /** Invariants that turned out to concern this agent here, though the calm trial did not show it. */
  readonly concerned: readonly string[]
  /** Decisions of a replay whose site was never met, or did not offer the alternative. */
  readonly unmet: readonly Pair[]
}

/** An invariant in words. */
export interface InvariantInfo {
  readonly name: string
  readonly says: string
  /** The usual remedy. */
  readonly usual: string
  /** Judged by running a trial twice, not within one. */
  readonly relation: boolean
  /** No promise, but somewhere a suite must get to. */
  readonly situation?: true
}

/** The calm trial, with all sites it reached and what it shows of the agent. */
export interface CalmReport extends TrialReport {
  readonly invariants: readonly InvariantInfo[]
  readonly faultsAsked: FaultsAsked
  /** The rewordings that change the user's prompt; none for an agent that is given no prompt. */
  readonly words: readonly string[]
}

/** The faults that a scenario asks for by name: its own, which a storm may choose, and those that it prescribes. */
export interface FaultsAsked {
  readonly added: readonly string[]
  readonly prescribed: readonly string[]
}

/** What a shrink must keep. */
export interface Target {
  readonly invariant: string
  readonly clause: string
}

export interface ShrinkReport {
  /** False when the decisions alone did not break the target again: a failure of determinism, and nothing was shrunk. */
  readonly reproduced: boolean
  readonly decisions: readonly Pair[]
  readonly violation: Violation | undefined
  readonly runs: number
  readonly decisionsBefore: number
  readonly decisionsAfter: number
  readonly eventsBefore: number
  readonly eventsAfter: number
  /** The bound on re-runs ended the search early: the result reproduces but may not be minimal. */
  readonly bounded: boolean
}

/** A finding in words, from one more replay of its shrunk decisions. */
export interface Told {
  readonly violation: Violation
  /** Other promises that the same event broke. */
  readonly also: readonly string[]
  readonly story: Story
  readonly moment: KeptMoment
  readonly needs: readonly string[]
  readonly faults: readonly string[]
  readonly where: readonly { readonly at: string; readonly line: string }[]
  readonly console: readonly string[]
  readonly fingerprint: string
}

/** The full bytes of a trial: one canonical text an event, for comparing two runs. */
export interface Bytes {
  readonly fingerprint: string
  readonly events: readonly string[]
  /** Where each event happened: its lane. */
  readonly lanes: readonly string[]
  /** What must be masked before any of it is written. */
  readonly secrets: readonly string[]
}

/** Every method but `close` names a scenario that whoever made the hands knows; another name rejects. */
export interface Hands {
  /** Runs the trial without faults. Call it first: what it shows of intended effects goes into every later trial of the scenario. */
  calm(scenario: string): Promise<CalmReport>
  /** Reports in the order of the jobs. */
  trials(scenario: string, jobs: readonly Job[]): Promise<readonly TrialReport[]>
  shrink(scenario: string, decisions: readonly Pair[], target: Target): Promise<ShrinkReport>
  /** Undefined when the decisions do not break the target. */
  tell(scenario: string, decisions: readonly Pair[], target: Target): Promise<Told | undefined>
  bytes(scenario: string, job: Job): Promise<Bytes>
  close(): Promise<void>
}
