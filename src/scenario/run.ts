/** A run of an agent in a world, ours or anyone's: how it starts, dies and comes back, and what it came to. */

import type { RunStatus } from '../core/event.js'
import type { Scope } from '../kernel/scope.js'
import type { ProcessControl } from '../sim/process-control.js'

export interface Settled {
  readonly status: RunStatus
  readonly reason: string
  /** What the agent's caller got; undefined when it got an error. */
  readonly result: unknown
  /** What the run threw, if it threw. */
  readonly error?: unknown
}

export interface Run {
  readonly start: () => void
  readonly scope: () => Scope
  /** Kills the process now; undefined where nobody says how the agent resumes. */
  readonly crash: (() => void) | undefined
  /** What else can be done to its process; undefined where nobody says how its host runs it. */
  readonly process?: ProcessControl
  /** Timers of each session that were still set when it had settled: first of the one that the trial is about. */
  readonly leftTimers: () => readonly number[]
}
