/** What the layers of a call hand to each other. */

import type { LogEvent } from '../../core/event.js'
import type { Outcome } from '../../core/outcome.js'
import type { LateBox } from '../late-box.js'
import type { Run } from '../run.js'
import type { CallState } from '../state.js'
import type { AnyTool } from '../tool.js'

/** The breaker's door, asked before every attempt and told of every ending. Both answers are events to be written. */
export interface Gate {
  /** Undefined: refused. */
  admit(): readonly LogEvent[] | undefined
  count(outcome: Outcome): readonly LogEvent[]
}

/** A call on its way in. The layers above add what the layers below need. */
export interface Work {
  readonly run: Run
  readonly call: CallState
  readonly tool: AnyTool
  readonly gate?: Gate
  readonly key?: string
}

/** What comes back. */
export interface Answer {
  readonly outcome: Outcome
  /** An attempt was started whose end is not in the log yet. */
  readonly isAttempt: boolean
  /** Where a result that comes too late waits for that. */
  readonly late?: LateBox
  /** The breaker that has to be told of the attempt. */
  readonly gate?: Gate
  /** Events to be written with it. */
  readonly events?: readonly LogEvent[]
}

export type Step = (work: Work) => Promise<Answer>
export type Layer = (next: Step) => Step
