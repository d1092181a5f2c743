/** What the simulated model sends back, before a port or a provider's wire dresses it. */

import type { ModelAnswer } from '../core/model.js'
import type { RetryAfter } from './retry-after.js'
import type { Flaw, Stream } from './stream.js'

export type ModelReply =
  | AnswerReply
  | ErrorStatus
  /** The request was malformed: its history breaks the pairing rules. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'lost' }

/** An error status in words of no provider. `code`: which of the reasons a status can have; '' for the only one. */
export interface ErrorStatus {
  readonly kind: 'error'
  readonly status: number
  readonly code: string
  readonly retryAfter: RetryAfter
  readonly shouldRetry: 'unsaid' | 'true' | 'false'
}

/** What a 200 holds instead of the answer. */
export type BadBody = 'broken-json' | 'empty' | 'html-200' | 'no-choices'

export interface AnswerReply {
  readonly kind: 'answer'
  readonly answer: ModelAnswer
  readonly body?: BadBody
  /** It says nothing of what it used: to our own port, that it used nothing. */
  readonly unmetered?: boolean
  /** The fault that makes it another answer than the script, or the policy, means. */
  readonly strayed?: string
  /** What goes wrong on its way, where it streams. */
  readonly flaw?: Flaw
  /** Present when the request asked for a stream. */
  readonly stream?: Stream
}
