/** What it means that a provider of models refuses over HTTP: read from status, code and headers, never from its words. */

import { errorOfStatus, retryAfterMs } from './http-error.js'
import { ModelError } from './model.js'
import type { ErrorDetail } from './outcome.js'

export interface HttpRefusal {
  readonly status: number
  /** The provider's own codes and types: `context_length_exceeded`, `insufficient_quota`, … */
  readonly codes: readonly unknown[]
  readonly header: (name: string) => string | null | undefined
  /** Milliseconds since 1970, for a Retry-After that names a date; NaN: such a date is not heeded. */
  readonly wall: number
  /** What came with it, for log lines. */
  readonly cause?: unknown
}

/** Codes of accounts that will not be served again by waiting. */
const spent = new Set<unknown>(['insufficient_quota', 'enforced_spend_limit_reached', 'billing_hard_limit_reached'])

export function modelRefusal({ status, codes, header, wall, cause }: HttpRefusal): ModelError {
  const code = codes.find((one): one is string => typeof one === 'string' && /^[\w.-]{1,60}$/.test(one))
  const text = `the model answered ${status}${code === undefined ? '' : ` (${code})`}`
  const refusal = (detail: Omit<ErrorDetail, 'text'>): ModelError =>
    new ModelError({ ...detail, text, status }, { cause })
  if (codes.includes('context_length_exceeded')) return refusal({ class: 'context-length', retryable: true })
  if (codes.some((one) => spent.has(one))) return refusal({ class: 'permanent', retryable: false })
  const afterMs = retryAfterMs({ retryAfter: header('retry-after'), retryAfterMs: header('retry-after-ms') }, wall)
  return refusal(errorOfStatus(status, { conflict: 'retry', afterMs: Number.isNaN(afterMs) ? undefined : afterMs }))
}

/** The connection broke, or never came to be: nobody knows whether the request arrived. */
export const connectionLost = (cause?: unknown): ModelError =>
  new ModelError({ class: 'connection-lost', text: 'the connection to the model broke', retryable: true }, { cause })

/** The caller does not want the answer any more. */
export const requestAborted = (): ModelError =>
  new ModelError({ class: 'cancelled', text: 'the request to the model was aborted', retryable: false })

/** It answered something, but no answer. `what` completes "the model answered with …". */
export const badResponse = (what: string, cause?: unknown): ModelError =>
  new ModelError({ class: 'bad-response', text: `the model answered with ${what}`, retryable: true }, { cause })
