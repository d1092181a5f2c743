/** Writes what came of an attempt, in one append with what follows from it. */

import type { LogEvent } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { Outcome } from '../../core/outcome.js'
import { registration } from '../saga.js'
import type { CallState } from '../state.js'
import type { Answer, Gate, Work } from './layer.js'

/** The end of the attempt, if the answer is one, then `follow`: all durable together. */
export async function record(work: Work, answer: Answer, follow: () => readonly LogEvent[]): Promise<void> {
  const isCounted = answer.isAttempt && work.run.agent.breaker.countUnit !== 'call'
  const gate = isCounted ? (answer.gate ?? work.gate) : undefined
  if (gate?.tell) await gate.tell(answer.outcome)
  await work.run.journal.append(() => [...attemptEnd(work, answer, gate), ...(answer.events ?? []), ...follow()])
  answer.late?.open()
}

function attemptEnd({ run, call, tool }: Work, { isAttempt, outcome }: Answer, gate?: Gate): readonly LogEvent[] {
  if (!isAttempt) return []
  const ended = { call: call.intent.call, tool: tool.name, attempt: call.attempts, outcome: outcome.kind }
  const registered = outcome.kind === 'ok' ? registration(run.state, run, call, tool, 'after-ok') : []
  return [{ type: 'attempt-end', ...ended, ...detail(outcome) }, ...(gate?.count(outcome) ?? []), ...registered]
}

/** The terminal record of a call whose outcome is known. */
export function settled({ intent, attempts }: CallState, outcome: Outcome, note: string | undefined): LogEvent {
  const { call, tool } = intent
  const event = { type: 'call-settled', call, tool, outcome: outcome.kind, attempts, ...detail(outcome) } as const
  return note === undefined ? event : { ...event, note }
}

/** The value of an ok outcome, the error of any other. */
const detail = (outcome: Outcome): { value: Json } | { error: Extract<Outcome, { error: unknown }>['error'] } =>
  outcome.kind === 'ok' ? { value: outcome.value as Json } : { error: outcome.error }
