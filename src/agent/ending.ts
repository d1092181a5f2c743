/** How an attempt ended, and what that means: nothing but a declared failure proves that a write did not happen. */

import { type ErrorClass, type ErrorDetail, failed, type Outcome, ok, unknown } from '../core/outcome.js'
import { isToolFailure, type ToolFailure } from '../core/tool.js'
import { Unanswered } from './team/report.js'
import { type AnyTool, changesWorld } from './tool.js'

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
      return failed({ class: 'cancelled', text: 'no time was left to start', retryable: false })
    case 'timed-out':
      return doubtful(tool, 'timeout', 'no answer came in time')
    case 'cancelled':
      return doubtful(tool, 'cancelled', 'the run was cancelled before an answer came')
    case 'interrupted':
      return doubtful(tool, 'connection-lost', 'the process stopped before an answer came')
    case 'threw':
      if (ending.error instanceof Unanswered) return ending.error.outcome
      if (isToolFailure(ending.error)) return failed(declaredFailure(ending.error))
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
  if (retry === 'never') return { class: 'permanent', text: message, retryable: false }
  if (afterMs === undefined) return { class: 'unavailable', text: message, retryable: true }
  return { class: 'rate-limited', text: message, retryable: true, afterMs }
}

/** By the name the platform gives its errors; texts decide nothing. */
function isTimeout(error: unknown): boolean {
  const name = (error as { name?: unknown } | null | undefined)?.name
  return name === 'TimeoutError' || name === 'AbortError'
}
