/** The ways in which a provider says when to come again, sound and not. */

export type RetryAfter = (typeof retryAfters)[number]

/** Seconds; `ms`: both headers, of which the exact one counts; dates before and after now; what is no time at all. */
export const retryAfters = [
  'none',
  '1',
  '30',
  '120',
  '0',
  'ms',
  'date',
  'past',
  'negative',
  'malformed',
  'huge',
] as const

export interface RetryAfterHeaders {
  readonly retryAfter?: string
  readonly retryAfterMs?: string
}

/** `wallMs`: the time of day when the answer is written. */
export function retryAfterHeaders(form: RetryAfter, wallMs: number): RetryAfterHeaders {
  switch (form) {
    case 'none':
      return {}
    case 'ms':
      return { retryAfter: '9', retryAfterMs: '50' }
    case 'date':
      return { retryAfter: new Date(wallMs + 30_000).toUTCString() }
    case 'past':
      return { retryAfter: new Date(wallMs - 60_000).toUTCString() }
    case 'negative':
      return { retryAfter: '-5' }
    case 'malformed':
      return { retryAfter: 'soon' }
    case 'huge':
      return { retryAfter: '3600' }
    default:
      return { retryAfter: form }
  }
}
