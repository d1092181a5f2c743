/** A result that arrived after its attempt had ended: it tells what became of the effect, and is never shown. */

import type { LogEvent, LogEvents } from '../core/event.js'
import type { Ending } from './ending.js'
import type { Run } from './run.js'
import type { CallState, RunState } from './state.js'
import type { AnyTool } from './tool.js'

/** Holds it back until the end of its attempt is in the log, and records it then. */
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
    const { parts } = this.#run
    const came = parts.outcomeOf(ending, this.#tool)
    const outcome = came.kind === 'ok' ? parts.checkOutput(this.#tool, came.value) : came
    const { call } = this.#call.intent
    const result = { call, tool: this.#tool.name, attempt: this.#attempt, outcome: outcome.kind }
    return { type: 'late-result', ...result, ...(outcome.kind === 'ok' ? { value: outcome.value } : {}) }
  }
}

export function takeLate(_state: RunState, call: CallState, event: LogEvents['late-result']): void {
  if (call.intent.effect === 'read' || event.outcome === 'unknown') return
  if (event.outcome === 'ok') call.applied = true
  const index = call.unresolved.indexOf(event.attempt)
  if (index >= 0) call.unresolved.splice(index, 1)
}
