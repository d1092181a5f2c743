/** The record of a campaign: what every reporter is a pure function of. Plain JSON throughout; no wall clock outside `environment`. */

import type { Violation } from '../core/verdict.js'
import type { BakedIn } from './baked-in.js'
import type { Comparison } from './compare.js'
import type { KeptMoment } from './kept-moment.js'
import type { Recovery } from './recovery.js'
import type { Story } from './story.js'
import type { SurfaceCell } from './surface.js'
import type { Strain } from './survival.js'
import type { ToolRecord } from './tool-record.js'

export const schemaVersion = 1

/** Where a trial came from. Only `fresh` trials count in rates: the others are not independent draws. `case`: of the test of a tool. */
export type Origin = 'calm' | 'kept' | 'single' | 'pair' | 'fresh' | 'grid' | 'shrink' | 'replay' | 'case'

/** Planned by the source, applied at its site, consumed by the agent. */
export interface FaultCount {
  readonly planned: number
  readonly injected: number
  readonly landed: number
}

/** A kind of fault over all trials of a scenario. */
export interface FaultTally extends FaultCount {
  /** Fresh storms in which it landed, and those of them that broke a promise: whatever broke it, others may have landed too. */
  readonly storms: number
  readonly broken: number
}

/** One trial, one line of `trials.ndjson`. */
export interface TrialRecord {
  readonly scenario: string
  readonly origin: Origin
  /** Storm number within the scenario, from 1; 0 for trials that are not storms. */
  readonly index: number
  readonly seed: string
  /** `random`, `swarm`, `replay` … with the preset: `swarm/stormy`. */
  readonly source: string
  readonly status: string
  readonly reason: string
  readonly ending: string
  /** The task's goal; undefined where the scenario declares none, or its model strayed from it. */
  readonly goal: boolean | undefined
  /** How the user's prompt was reworded; only in trials of the grid. */
  readonly words?: readonly string[]
  readonly violations: readonly Violation[]
  readonly faults: Readonly<Record<string, FaultCount>>
  /** How often each invariant's condition arose. */
  readonly arose: Readonly<Record<string, number>>
  readonly events: number
  /** Requests that services received. */
  readonly calls: number
  readonly steps: number
  readonly virtualMs: number
  readonly fingerprint: string
}

/**
 * Why trials say less than they should. Most are faults of the scenario; `endless` (stopped by the budget of steps or of virtual
 * time) and `stale-repro` (a kept repro whose decisions are not met any more) leave a verdict open.
 */
export interface ScenarioProblem {
  readonly kind:
    | 'no-calm-day'
    | 'unanswered-host'
    | 'unexpected-model-call'
    | 'leftover-script'
    | 'misspelt'
    | 'leak'
    | 'exit'
    | 'hang'
    | 'not-run'
    | 'unwaived-break'
    | 'missing-break'
    | 'agent-threw'
    | 'promise-threw'
    | 'handler-threw'
    | 'endless'
    | 'stale-repro'
    | 'never-landed'
  readonly what: string
  readonly where: string
  readonly remedy: string
}

/** A distinct failure, grouped by (invariant, clause, tool, alternatives) after shrinking. */
export interface FindingRecord {
  /** `F1`, `F2`, … in the order found. */
  readonly id: string
  readonly scenario: string
  readonly signature: string
  readonly violation: Violation
  /** What the invariant promises, in one sentence. */
  readonly says: string
  readonly usual: string
  /** Declared in the scenario's `breaks`: shown, not counted by the gate. */
  readonly known: boolean
  readonly decisions: readonly (readonly [label: string, alternative: string])[]
  /** The decisions in words: `shop.refund #1, answer lost`. */
  readonly needs: readonly string[]
  readonly faults: readonly string[]
  readonly token: string
  readonly story: Story
  /** What stood where the promise broke; undefined where no history of it was left. */
  readonly moment?: KeptMoment
  /** From when on it could not be escaped, where that was asked for. */
  readonly bakedIn?: BakedIn
  /** `src/support-agent.ts:19` and the source line, where they are known. */
  readonly where: readonly { readonly at: string; readonly line: string }[]
  readonly console: readonly string[]
  readonly shrink: {
    readonly runs: number
    readonly eventsBefore: number
    readonly eventsAfter: number
    readonly decisionsBefore: number
  }
  /** How many replays gave the same bytes. */
  readonly replays: number
  /** In how many fresh storms it was seen. */
  readonly seen: number
  readonly origin: Origin
}

export type Result = 'pass' | 'fail' | 'inconclusive' | 'scenario-error' | 'nondeterministic' | 'interrupted'

export interface InvariantRecord {
  readonly name: string
  readonly says: string
  /** `tested`; `never-arose` concerns this agent and was never tried; `not-concerned`. */
  readonly group: 'tested' | 'never-arose' | 'not-concerned'
  /** Of a situation: in how many trials. */
  readonly arose: number
  readonly broken: number
  /** No promise, but somewhere the suite must get to: nothing breaks it. */
  readonly situation?: true
}

export interface Nondeterminism {
  readonly seed: string
  readonly seq: number
  readonly first: string
  readonly second: string
  readonly where: string
  /** Top-level variables of the user's modules that outlive a trial, by `src/cache.ts:4`; undefined where nobody looked. */
  readonly state?: readonly { readonly at: string; readonly line: string }[]
}

export interface ScenarioRecord {
  readonly name: string
  readonly file: string
  /** It is no scenario: a tool was put to the test, clause by clause, and no storm was run. */
  readonly tool?: ToolRecord
  readonly result: Result
  readonly problems: readonly ScenarioProblem[]
  readonly calmGoal: boolean | undefined
  /** Fresh storms run, those that kept every promise, those that reached the goal, those without a verdict. */
  readonly storms: number
  readonly survived: number
  readonly goals: number
  readonly unknown: number
  readonly singles: number
  /** Pairs of faults, where they were asked for. */
  readonly pairs: number
  readonly kept: number
  readonly doubleRuns: number
  readonly nondeterminism: Nondeterminism | undefined
  readonly invariants: readonly InvariantRecord[]
  readonly faults: Readonly<Record<string, FaultTally>>
  /** Fresh storms with a verdict, by how many faults landed in them. */
  readonly strains: readonly Strain[]
  /** Undefined where no storm says whether it reached its goal. */
  readonly recovery?: Recovery | undefined
  /** R(k, ε, λ), where it was asked for. */
  readonly surface?: readonly SurfaceCell[] | undefined
  readonly findings: readonly FindingRecord[]
  readonly virtualMs: number
}

/** It is a record of tools, not of scenarios: no storm was run. */
export const isOfTools = ({ scenarios }: Pick<CampaignRecord, 'scenarios'>): boolean =>
  scenarios.some(({ tool }) => tool !== undefined)

export interface Gate {
  readonly name: string
  readonly result: 'pass' | 'fail' | 'inconclusive'
  readonly detail: string
}

export interface Environment {
  readonly stormproof: string
  readonly node: string
  readonly platform: string
  readonly commit: string
  readonly startedAt: string
  readonly wallMs: number
}

export interface CampaignRecord {
  readonly schemaVersion: typeof schemaVersion
  readonly campaign: string
  readonly seed: string
  readonly preset: string
  readonly trials: number
  readonly result: Result
  readonly exitCode: number
  readonly gates: readonly Gate[]
  readonly scenarios: readonly ScenarioRecord[]
  readonly environment: Environment
  /** What changed since another campaign, where one was named. */
  readonly since?: Comparison
  /** It is a part of a campaign that several machines share: number `index` of `count`. */
  readonly shard?: { readonly index: number; readonly count: number }
}
