/** Writes what came of an attempt, in one append with what follows from it. */

import type { LogEvent } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { Outcome } from '../../core/outcome.js'
import { registration } from '../saga.js'
import type { Answer, Work } from './layer.js'

/** The end of the attempt, if the answer is one, then `follow`: all durable together. */
export async function record(work: Work, answer: Answer, follow: () => readonly LogEvent[]): Promise<void> {
  await work.run.journal.append(() => [...attemptEnd(work, answer), ...(answer.events ?? []), ...follow()])
  answer.late?.open()
}

function attemptEnd(work: Work, { isAttempt, outcome, gate = work.gate }: Answer): readonly LogEvent[] {
  if (!isAttempt) return []
  const { run, call, tool } = work
  const end: LogEvent = {
    type: 'attempt-end',
    call: call.intent.call,
    tool: tool.name,
    attempt: call.attempts,
    outcome: outcome.kind,
    ...detail(outcome),
  }
  const registered = outcome.kind === 'ok' ? registration(run.state, run, call, tool, 'after-ok') : []
  return [end, ...(gate?.count(outcome) ?? []), ...registered]
}

/** The value of an ok outcome, the error of any other. */
export const detail = (outcome: Outcome): { value: Json } | { error: Extract<Outcome, { error: unknown }>['error'] } =>
  outcome.kind === 'ok' ? { value: outcome.value as Json } : { error: outcome.error }
