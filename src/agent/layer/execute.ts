/** The innermost step: one attempt, written ahead, under its time limit. */

import { longestMs } from '../../core/clock.js'
import type { LogEvent, LogEvents } from '../../core/event.js'
import { final } from '../../core/outcome.js'
import { needsPeople } from '../approval/approval.js'
import { askTool } from '../ask-tool.js'
import { recallFor } from '../context/recall.js'
import { maxLateValues } from '../policy.js'
import { registration } from '../saga.js'
import type { CallState, RunState } from '../state.js'
import { delegateOf } from '../team/delegate.js'
import type { Ending } from '../validity.js'
import { type Answer, type Step, type Work, withoutAttempt } from './layer.js'

export const execute: Step = async (work) => {
  const { run, call, tool } = work
  const { clock, parts, state, journal } = run
  if (work.gate?.ask) await work.gate.ask()
  const deadline = Math.min(clock.now() + parts.timeoutOf(tool), state.deadline)
  if (state.cancelled) return cancelled
  if (deadline <= clock.now()) return { outcome: parts.outcomeOf({ kind: 'not-started' }, tool), isAttempt: false }
  let instead: Answer | undefined = cancelled
  await journal.append(() => {
    if (state.cancelled) return []
    const approved = needsPeople(tool) ? parts.approval.gate(run, call, tool) : []
    if ('class' in approved) {
      instead = withoutAttempt(approved)
      return []
    }
    const admitted = work.gate ? work.gate.admit() : []
    instead = admitted ? undefined : refused(work)
    if (!admitted) return []
    return [...admitted, ...approved, ...registration(work, 'before-attempt'), attemptStart(work, deadline)]
  })
  if (instead) return instead
  const late = new LateBox(work)
  const ending = await attempt(work, deadline, late)
  return { outcome: parts.outcomeOf(ending, tool), isAttempt: true, late }
}

function attempt({ run, call, tool, key }: Work, deadline: number, late: LateBox): Promise<Ending> {
  const delayMs = deadline - run.clock.now()
  if (delayMs <= 0) return Promise.resolve({ kind: 'not-started' })
  return askTool(run, call, {
    what: `tool=${tool.name} attempt=${call.attempts}`,
    // A child ends by its own bounds and tells how; its parent never leaves it behind.
    delayMs: tool.subagent ? longestMs : delayMs,
    isCancellable: !tool.subagent,
    start: (args, context) =>
      tool.execute(args, {
        recall: recallFor(run),
        answers: run.parts.approval.answersOf(run.state, context.call),
        ...context,
        key: key ?? context.key,
        deadline,
        ...delegateOf(run, call, tool),
      }),
    late: (ending) => late.receive(ending),
  })
}

function attemptStart({ call, tool, key, gate }: Work, deadline: number): LogEvent {
  const { intent } = call
  return {
    type: 'attempt-start',
    call: intent.call,
    tool: tool.name,
    attempt: call.attempts + 1,
    key: key ?? intent.key,
    argsDigest: intent.argsDigest ?? '',
    deadline,
    ...(gate?.generation ? { generation: gate.generation() } : {}),
  }
}

const cancelled = withoutAttempt(final('cancelled', 'the run was cancelled before it started'))

/** Nothing is sent: the model learns when it may be worth another try. */
function refused({ gate }: Work): Answer {
  const seconds = Math.max(0, Math.ceil((gate?.resetsInMs() ?? 0) / 1_000))
  return withoutAttempt(final('breaker-open', `Circuit open - service unavailable (resets in ${seconds}s)`))
}

/** Holds one late result back until the end of its attempt is in the log, and records it then: at most one an attempt waits so. */
export class LateBox {
  readonly #work: Work
  readonly #attempt: number
  #isOpen = false
  #waiting: Ending | undefined

  constructor(work: Work) {
    this.#work = work
    this.#attempt = work.call.attempts
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
    const { journal, state } = this.#work.run
    journal.append(() => (state.end ? [] : [this.#event(ending)])).catch(() => {})
  }

  #event(ending: Ending): LogEvent {
    const { run, call, tool } = this.#work
    const { parts, state } = run
    const came = parts.outcomeOf(ending, tool)
    const outcome = came.kind === 'ok' ? parts.checkOutput(tool, came.value) : came
    const result = { call: call.intent.call, tool: tool.name, attempt: this.#attempt, outcome: outcome.kind }
    if (outcome.kind !== 'ok') return { type: 'late-result', ...result }
    const dropped = state.lateValues + 1 - maxLateValues
    return { type: 'late-result', ...result, ...(dropped > 0 ? { dropped } : { value: outcome.value }) }
  }
}

export function takeLate(_state: RunState, call: CallState, event: LogEvents['late-result']): void {
  if (call.intent.effect === 'read' || event.outcome === 'unknown') return
  if (event.outcome === 'ok') call.applied = true
  const index = call.unresolved.indexOf(event.attempt)
  if (index >= 0) call.unresolved.splice(index, 1)
}
