/** What a parent learns of a child that ended: only a natural end is a result. */

import type { LogEvent } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import { type ErrorDetail, failed, type Outcome, ok, unknown } from '../../core/outcome.js'
import type { RunResult } from '../run-session.js'

/** What the log of a child says of its cost and its effects. */
export interface Deeds {
  readonly tokens: number
  /** A write was begun and nothing says that it was undone. */
  readonly hasEffects: boolean
}

/** An end that is no answer may have left effects behind: then nobody may say that nothing happened. */
export function reportOf({ status, reason, text }: RunResult, { hasEffects }: Deeds): Outcome<Json> {
  if (status === 'completed' && text !== '') return ok({ answer: text })
  const cause = status === 'completed' ? 'it ended without an answer' : `it ended as ${status} (${reason})`
  const error: ErrorDetail = { class: 'permanent', text: `no answer of the subagent: ${cause}`, retryable: false }
  return hasEffects ? unknown(error) : failed(error)
}

export function deedsOf(log: readonly LogEvent[]): Deeds {
  let tokens = 0
  const begun = new Set<string>()
  const writes = new Set<string>()
  for (const event of log) {
    if (event.type === 'model-call-end') tokens += event.usage.inputTokens + event.usage.outputTokens
    if (event.type === 'subagent-end') tokens += event.tokens
    if (event.type === 'batch-open') for (const one of event.calls) if (one.effect !== 'read') writes.add(one.call)
    if (event.type === 'attempt-start' && writes.has(event.call)) begun.add(event.call)
    if (event.type === 'call-settled' && event.outcome === 'failed') begun.delete(event.call)
    if (event.type === 'compensation-end' && event.outcome === 'ok') begun.delete(event.call)
  }
  return { tokens, hasEffects: begun.size > 0 }
}

/** How `execute` of a subagent's tool hands over an outcome that is no answer. */
export class Unanswered extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super('the subagent gave no answer')
    this.outcome = outcome
  }
}
