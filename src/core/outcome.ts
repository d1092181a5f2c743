/** What became of an operation, in three values (Jepsen's ok, fail, info): a timeout on a write is `unknown`, never `failed`. */

/** `failed` means that the effect definitely did not happen and cannot happen later. */
export type OutcomeKind = 'ok' | 'failed' | 'unknown'

/** Typed classes decide about retries; texts never do. */
export type ErrorClass =
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  | 'connection-lost'
  | 'invalid-args'
  | 'unknown-tool'
  | 'invalid-output'
  | 'permanent'
  | 'refused'
  | 'breaker-open'
  | 'cancelled'
  | 'bad-response'
  | 'tool-error'
  /** A call of the batch that this one depends on did not settle ok, is not there, or depends on this one. */
  | 'dependency-failed'
  | 'dependency-missing'
  | 'dependency-cycle'
  /** The prompt was longer than the model takes. */
  | 'context-length'

export type Outcome<T = unknown> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ErrorDetail }
  | { readonly kind: 'unknown'; readonly error: ErrorDetail }

/** How many of its parts an effect has, and how many of them took place. */
export interface Extent {
  readonly done: number
  readonly of: number
}

export interface ErrorDetail {
  readonly class: ErrorClass
  /** Our own words, never an engine's message or a stack. */
  readonly text: string
  readonly retryable: boolean
  /** Of an answer over HTTP that refused. */
  readonly status?: number
  /** What the other side asked for (Retry-After), in milliseconds. */
  readonly afterMs?: number
  /** Of an effect that is known to have happened in part. */
  readonly partial?: Extent
}

export const ok = <T>(value: T): Outcome<T> => ({ kind: 'ok', value })
export const failed = (error: ErrorDetail): Outcome<never> => ({ kind: 'failed', error })
export const unknown = (error: ErrorDetail): Outcome<never> => ({ kind: 'unknown', error })

/** What another try would only bring again. */
export const final = (kind: ErrorClass, text: string): ErrorDetail => ({ class: kind, text, retryable: false })
/** What must not be done, and would be refused again. */
export const refusal = (text: string): ErrorDetail => final('refused', text)
