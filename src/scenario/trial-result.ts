/** What one trial leaves behind, in memory: whoever asked for it keeps what it needs. */

import type { CheckVerdict } from '../check/watch.js'
import type { AnyEvent, RunStatus } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { Violation } from '../core/verdict.js'
import type { Decision, VisitedSite } from '../kernel/tape.js'
import type { Ending } from '../kernel/world.js'
import type { FaultCount, ScenarioProblem } from '../report/record.js'

export interface TrialResult {
  readonly scenario: string
  readonly ending: Ending
  readonly status: RunStatus | 'waiting'
  readonly reason: string
  readonly goal: boolean | undefined
  readonly violations: readonly Violation[]
  readonly verdicts: readonly CheckVerdict[]
  /** The choices that were not the simplest, in the order they were made. */
  readonly decisions: readonly Decision[]
  /** All sites reached; only when asked for. */
  readonly visited: readonly VisitedSite[] | undefined
  readonly faults: Readonly<Record<string, FaultCount>>
  readonly problems: readonly ScenarioProblem[]
  readonly console: readonly string[]
  readonly fingerprint: string
  readonly events: readonly AnyEvent[]
  /** What the sessions beside it went through; empty where it was alone. */
  readonly beside: readonly (readonly AnyEvent[])[]
  readonly facts: Facts
  readonly steps: number
  readonly virtualMs: number
}
