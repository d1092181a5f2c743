/** What the simulated model sends back, before a port or a provider's wire dresses it. */

import type { ModelAnswer } from '../core/model.js'
import type { Flaw, Stream } from './stream.js'

export type ModelReply =
  | AnswerReply
  /** `retryAfter` in seconds as the header has it, `none` for no header. */
  | { readonly kind: 'error'; readonly status: number; readonly retryAfter: string }
  /** The request was malformed: its history breaks the pairing rules. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'lost' }

export interface AnswerReply {
  readonly kind: 'answer'
  readonly answer: ModelAnswer
  /** What goes wrong on its way, where it streams. */
  readonly flaw?: Flaw
  /** Present when the request asked for a stream. */
  readonly stream?: Stream
}
