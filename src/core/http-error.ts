/** What an HTTP answer says about a failed request: its class, whether another try can help, and how long to wait before it. */

import type { ErrorClass, ErrorDetail } from './outcome.js'

/** `conflict`: the service answers 409 for what will pass, such as a lock. Texts decide nothing; other 4xx never pass. */
export function errorOfStatus(
  status: number,
  options: { conflict?: 'retry'; afterMs?: number | undefined } = {},
): ErrorDetail {
  const retryable = status >= 500 || transient.has(status) || (status === 409 && options.conflict === 'retry')
  const asked = retryable && options.afterMs !== undefined ? { afterMs: options.afterMs } : {}
  return { class: classOf(status, retryable), text: `the answer was ${status}`, retryable, ...asked }
}

const transient: ReadonlySet<number> = new Set([408, 425, 429])

function classOf(status: number, retryable: boolean): ErrorClass {
  if (status === 429) return 'rate-limited'
  if (status === 408 || status === 504) return 'timeout'
  return retryable ? 'unavailable' : 'permanent'
}

/** The three forms of RFC 9110, and nothing else that a date parser would take. */
const httpDate =
  /^(?:\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT|\w{6,9}, \d{2}-\w{3}-\d{2} [\d:]{8} GMT|\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})$/
const decimal = /^\d+(?:\.\d+)?$/

/**
 * What was asked for in `Retry-After` (seconds, or an HTTP date) and `retry-after-ms`, in milliseconds. `wallMs` is the
 * time of day: a date is relative to it, one that has passed is 0. Undefined where nothing sensible was asked: negative,
 * infinite, unparsable or absent. Huge is sensible; whether it is obeyed is the retry policy's business.
 */
export function retryAfterMs(
  headers: { readonly retryAfter?: string | null | undefined; readonly retryAfterMs?: string | null | undefined },
  wallMs: number,
): number | undefined {
  const exact = headers.retryAfterMs?.trim() ?? ''
  if (decimal.test(exact)) return finite(Number(exact))
  const text = headers.retryAfter?.trim() ?? ''
  if (decimal.test(text)) return finite(Math.ceil(Number(text) * 1_000))
  if (!httpDate.test(text)) return undefined
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(at) ? undefined : Math.max(0, at - wallMs)
}

const finite = (ms: number): number | undefined => (Number.isFinite(ms) ? ms : undefined)
