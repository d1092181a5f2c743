/** What the layers of a call hand to each other. */

import type { Intent, LogEvent } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import { type ErrorDetail, failed, type Outcome } from '../../core/outcome.js'
import type { Run } from '../run.js'
import { registration } from '../saga.js'
import type { CallState } from '../state.js'
import type { AnyTool } from '../tool.js'
import type { LateBox } from './execute.js'

/** The breaker's door, asked before every attempt and told of what it counts. Events are to be written with those. */
export interface Gate {
  /** A shared one is asked in the store before `admit` gives the answer. */
  ask?(): Promise<void>
  /** Undefined: refused. */
  admit(): readonly LogEvent[] | undefined
  /** Of a shared one: logged with the attempt. */
  generation?(): number
  resetsInMs(): number
  /** A shared one is told in the store before `count` gives the events. */
  tell?(outcome: Outcome): Promise<void>
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
  /** Where the result comes from, when no attempt of the call gave it. */
  readonly note?: string
  /** Events to be written with it. */
  readonly events?: readonly LogEvent[]
}

export type Step = (work: Work) => Promise<Answer>
export type Layer = (next: Step) => Step

/** The call was not made. */
export const withoutAttempt = (error: ErrorDetail): Answer => ({ outcome: failed(error), isAttempt: false })

/** The end of the attempt, if the answer is one, then `follow`: all durable together. */
export async function record(work: Work, answer: Answer, follow: () => readonly LogEvent[]): Promise<void> {
  const isCounted = answer.isAttempt && work.run.agent.breaker.countUnit !== 'call'
  const gate = isCounted ? (answer.gate ?? work.gate) : undefined
  if (gate?.tell) await gate.tell(answer.outcome)
  await work.run.journal.append(() => [...attemptEnd(work, answer, gate), ...(answer.events ?? []), ...follow()])
  answer.late?.open()
}

function attemptEnd(work: Work, { isAttempt, outcome }: Answer, gate?: Gate): readonly LogEvent[] {
  if (!isAttempt) return []
  const { call, tool } = work
  const ended = { call: call.intent.call, tool: tool.name, attempt: call.attempts, outcome: outcome.kind }
  const registered = outcome.kind === 'ok' ? registration(work, 'after-ok') : []
  return [{ type: 'attempt-end', ...ended, ...detail(outcome) }, ...(gate?.count(outcome) ?? []), ...registered]
}

/** The terminal record of a call that was not made. */
export const rejected = ({ call, tool }: Intent, error: ErrorDetail): LogEvent => {
  return { type: 'call-rejected', call, tool, error }
}

/** The terminal record of a call whose outcome is known. */
export function settled({ intent, attempts }: CallState, outcome: Outcome, note?: string): LogEvent {
  const { call, tool } = intent
  const event = { type: 'call-settled', call, tool, outcome: outcome.kind, attempts, ...detail(outcome) } as const
  return note === undefined ? event : { ...event, note }
}

/** The value of an ok outcome, the error of any other. */
const detail = (outcome: Outcome): { value: Json } | { error: Extract<Outcome, { error: unknown }>['error'] } =>
  outcome.kind === 'ok' ? { value: outcome.value as Json } : { error: outcome.error }
