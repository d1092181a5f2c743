/** Whether what came can be used: arguments and results, by a tool's schemas. */

import { isStormproofError } from '../core/error.js'
import { copy, isJson, type Json } from '../core/json.js'
import { type ErrorClass, type ErrorDetail, failed, final, type Outcome, ok, unknown } from '../core/outcome.js'
import { type Checked, check, checkStrict } from '../core/schema.js'
import { isPartialEffect, isToolFailure, type PartialEffect, type ToolFailure } from '../core/tool.js'
import { Unanswered } from './team/delegate.js'
import { type AnyTool, changesWorld } from './tool.js'

export type Parsed = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: ErrorDetail }

/** A JSON object; what does not parse is never repaired. The empty text counts as `{}`: the schema then says whether the tool takes no arguments. */
export function parseArguments(text: string): Parsed {
  if (text === '') return { ok: true, value: {} }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return unread('the arguments are not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unread('the arguments must be a JSON object')
  }
  return { ok: true, value: value as Json }
}

const unread = (text: string): Parsed => ({ ok: false, error: invalid(text) })
const invalid = (text: string): ErrorDetail => final('invalid-args', text)

/** What is wrong with the arguments; undefined when the schema takes them unchanged. */
export function checkArguments(tool: AnyTool, args: Json): ErrorDetail | undefined {
  const checked = judge(() => checkStrict(tool.input, args))
  return checked.ok ? undefined : invalid(checked.issues.join('; '))
}

/** A value the output schema accepts, as the tool gave it. Garbage from a write leaves open whether it took effect. */
export function checkOutput(tool: AnyTool, value: unknown): Outcome<Json> {
  const checked = judge(() => check(tool.output, value))
  if (checked.ok && value === undefined) return ok(null)
  if (checked.ok && isJson(value)) return ok(copy(value))
  const issues = checked.ok ? 'it is no JSON value' : checked.issues.join('; ')
  const text = `the result is not what the tool declares: ${issues}`
  const error: ErrorDetail = { class: 'invalid-output', text, retryable: !changesWorld(tool) }
  return changesWorld(tool) ? unknown(error) : failed(error)
}

/** A schema whose own code throws accepts nothing; one that cannot be used at all is misuse, and told as such. */
function judge(validate: () => Checked<unknown>): Checked<unknown> {
  try {
    return validate()
  } catch (error) {
    if (isStormproofError(error)) throw error
    return { ok: false, issues: ['the schema itself failed on it'] }
  }
}

export type Ending =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'timed-out' }
  /** The process died with the attempt in flight. */
  | { readonly kind: 'interrupted' }
  /** The run was cancelled with the attempt in flight. */
  | { readonly kind: 'cancelled' }
  /** Its time was up before it began. */
  | { readonly kind: 'not-started' }

export function outcomeOf(ending: Ending, tool: AnyTool): Outcome {
  switch (ending.kind) {
    case 'returned':
      return ok(ending.value)
    case 'not-started':
      return failed(final('cancelled', 'no time was left to start'))
    case 'timed-out':
      return doubtful(tool, 'timeout', 'no answer came in time')
    case 'cancelled':
      return doubtful(tool, 'cancelled', 'the run was cancelled before an answer came')
    case 'interrupted':
      return doubtful(tool, 'connection-lost', 'the process stopped before an answer came')
    case 'threw':
      if (ending.error instanceof Unanswered) return ending.error.outcome
      if (isToolFailure(ending.error)) return failed(declaredFailure(ending.error))
      if (isPartialEffect(ending.error)) return partly(tool, ending.error)
      if (isTimeout(ending.error)) return doubtful(tool, 'timeout', 'the tool gave up waiting for an answer')
      return doubtful(tool, 'connection-lost', 'the tool ended without an answer')
  }
}

/** Reads change nothing: without an answer they failed. */
function doubtful(tool: AnyTool, kind: ErrorClass, text: string): Outcome {
  const error: ErrorDetail = { class: kind, text, retryable: kind !== 'cancelled' }
  return changesWorld(tool) ? unknown(error) : failed(error)
}

/** What the tool's author said, in the author's words. */
function declaredFailure({ message, retry, afterMs }: ToolFailure): ErrorDetail {
  if (retry === 'never') return final('permanent', message)
  if (afterMs === undefined) return { class: 'unavailable', text: message, retryable: true }
  return { class: 'rate-limited', text: message, retryable: true, afterMs }
}

/** A read has no parts to take effect; numbers that count nothing are left out. */
function partly(tool: AnyTool, { message, done, of }: PartialEffect): Outcome {
  const outcome = doubtful(tool, 'tool-error', message)
  const isCounted = [done, of].every(Number.isSafeInteger)
  return outcome.kind === 'unknown' && isCounted ? unknown({ ...outcome.error, partial: { done, of } }) : outcome
}

/** By the name the platform gives its errors; texts decide nothing. */
function isTimeout(error: unknown): boolean {
  const name = (error as { name?: unknown } | null | undefined)?.name
  return name === 'TimeoutError' || name === 'AbortError'
}
