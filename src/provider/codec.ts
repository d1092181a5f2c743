/** What a provider's wire format is to the simulator: a reader of requests, a judge of requests and histories and a writer of answers. */

import type { Message, ProposedCall } from '../core/message.js'
import type { ModelAnswer, Usage } from '../core/model.js'
import type { ToolSpec } from '../core/tool.js'
import type { AnswerReply } from '../sim/model-reply.js'
import type { Frame } from './frame.js'
import type { Collision } from './piece.js'

export type Profile = 'openai-chat' | 'openai-responses' | 'anthropic-messages'

export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How a provider fails. Status, type, code, text and headers of each are those of the profile (`errors.ts`). */
export type ProviderError =
  | 'rate-limited'
  | 'quota'
  | 'ramp'
  | 'spend-limit'
  | 'overloaded'
  | 'server-error'
  | 'unavailable'
  | 'bad-gateway'
  | 'timeout'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'context-length'
  | 'output-length'
  | 'invalid-request'

export interface ErrorReply {
  readonly kind: 'error'
  readonly error: ProviderError
  /** Another status than the error's own; type and text follow it where the profile has words for that status. */
  readonly status?: number
  /** Values of the headers `retry-after` and `retry-after-ms`, verbatim, so that they may be garbage. Absent: no header. */
  readonly retryAfter?: string
  readonly retryAfterMs?: string
  /** Value of the header `x-should-retry`. */
  readonly shouldRetry?: 'true' | 'false'
  /** The message instead of the profile's own; `param` and `code` likewise (OpenAI only). */
  readonly text?: string
  readonly param?: string | null
  readonly code?: string | null
}

/** What the scripted model decided, before encoding. Arguments of calls are raw text and may be malformed on purpose. */
export type Reply = AnswerReply | ErrorReply

/** What an answer depends on beside the reply: nothing else enters its bytes. */
export interface EncodeContext {
  /** Causal name of the request: ids of the answer derive from it. */
  readonly id: string
  /** Seconds since 1970 on the world's wall clock. */
  readonly createdAt: number
  readonly model: string
}

/** An item a provider keeps, to which a later request may refer by its id. */
export type StoredItem = { readonly text: string } | { readonly call: ProposedCall }

export interface DecodeOptions {
  /** Tells which calls failed where the wire format has no flag for it (OpenAI). Default: none did. */
  readonly failedCalls?: ((id: string) => boolean) | undefined
  /** Items of earlier answers (`Codec.items`). Without it references are ignored; with it an unknown one is refused. */
  readonly stored?: ((id: string) => StoredItem | undefined) | undefined
}

/** A request in canonical words. Decoding never fails on odd shapes: what cannot be read is left out, and `malformed` or `unpaired` names it. */
export interface Decoded {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSpec[]
  readonly model: string
  readonly stream: boolean
  /** A stream that ends with a chunk of usage (OpenAI Chat). */
  readonly streamUsage?: boolean
  /** Whether the provider keeps the items of its answer for later requests (`Codec.items`). */
  readonly store: boolean
  /** For each canonical message the index of the wire message or item it began in; -1 for instructions beside the list. */
  readonly places: readonly number[]
  /** A reference to an item nobody stored. */
  readonly lostItem?: string
}

export interface Codec {
  readonly profile: Profile
  /** Host and path, without scheme and query. */
  readonly address: string
  /** Throws a `StormproofError` (`scenario`) for features that cannot be simulated. */
  decode(body: unknown, options?: DecodeOptions): Decoded
  /** The provider's own refusal of a malformed request. */
  malformed(body: unknown, decoded: Decoded): ErrorReply | undefined
  /** The same for a history that breaks its pairing rules, in a request that is not malformed. */
  unpaired(body: unknown, decoded: Decoded): ErrorReply | undefined
  /** The refusal of a body that is not JSON. */
  readonly notJson: ErrorReply
  encode(reply: Reply, context: EncodeContext): WireAnswer
  readonly stream: StreamCodec
  /** Items of an answer that the provider stores under ids of its own. */
  items?(answer: ModelAnswer, context: EncodeContext): readonly (readonly [string, StoredItem])[]
}

/** How a wire format streams. */
export interface StreamCodec {
  /** Headers of a stream's 200, without its content type. */
  headers(context: EncodeContext, usage: Usage): Record<string, string>
  frames(answer: ModelAnswer, context: EncodeContext, options: StreamOptions): readonly Frame[]
  /** What the provider says last when it fails after so many frames. */
  failure(at: number): Frame
}

export interface StreamOptions {
  readonly usage: boolean
  readonly collision: Collision | undefined
}
