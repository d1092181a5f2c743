/** Holds a late result back until the end of its attempt is in the log, and records it then. */

import type { LogEvent } from '../core/event.js'
import type { Outcome } from '../core/outcome.js'
import type { Ending } from './ending.js'
import type { Run } from './run.js'
import type { CallState } from './state.js'
import type { AnyTool } from './tool.js'

export class LateBox {
  readonly #run: Run
  readonly #call: CallState
  readonly #tool: AnyTool
  readonly #attempt: number
  #isOpen = false
  #waiting: Ending | undefined

  constructor(run: Run, call: CallState, tool: AnyTool, attempt: number) {
    this.#run = run
    this.#call = call
    this.#tool = tool
    this.#attempt = attempt
  }

  /** The attempt ended for the caller long ago, and now for the tool. */
  receive(ending: Ending): void {
    if (this.#isOpen) this.#record(ending)
    else this.#waiting = ending
  }

  /** The end of the attempt is in the log. */
  open(): void {
    this.#isOpen = true
    if (this.#waiting) this.#record(this.#waiting)
  }

  /** After the end of the run nothing is recorded. A log that cannot be written stops the run elsewhere. */
  #record(ending: Ending): void {
    const { journal, state } = this.#run
    journal.append(() => (state.end ? [] : [this.#event(ending)])).catch(() => {})
  }

  #event(ending: Ending): LogEvent {
    const outcome = this.#judged(ending)
    return {
      type: 'late-result',
      call: this.#call.intent.call,
      tool: this.#tool.name,
      attempt: this.#attempt,
      outcome: outcome.kind,
      ...(outcome.kind === 'ok' ? { value: outcome.value as never } : {}),
    }
  }

  #judged(ending: Ending): Outcome {
    const { parts } = this.#run
    const outcome = parts.outcomeOf(ending, this.#tool)
    return outcome.kind === 'ok' ? parts.checkOutput(this.#tool, outcome.value) : outcome
  }
}
