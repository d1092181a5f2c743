/** Canonical messages between runtime and model. Provider formats are encodings of these (`provider/`). */

import type { OutcomeKind } from './outcome.js'

/** A call as the model proposed it: `id` is the provider's and only payload, `arguments` the raw text. */
export interface ProposedCall {
  readonly id: string
  readonly tool: string
  readonly arguments: string
}

export interface ToolResult {
  readonly id: string
  readonly tool: string
  readonly content: string
  /** `unknown`: it may have happened. On the wire both `failed` and `unknown` are errors. */
  readonly outcome: OutcomeKind
}

export type Message =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ProposedCall[] }
  /** All results of one batch, in call order. */
  | { readonly role: 'tool'; readonly results: readonly ToolResult[] }
