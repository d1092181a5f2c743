/** The port to a language model. The scripted model and the adapters of real ones stand behind it. */

import type { Message, ProposedCall } from './message.js'
import type { ErrorDetail } from './outcome.js'
import type { ToolSpec } from './tool.js'

/** `context-exceeded`: the context window was full. `pause`: the provider stopped on its side and wants to be asked to go on. */
export type StopReason =
  | 'stop'
  | 'tool-calls'
  | 'length'
  | 'content-filter'
  | 'refusal'
  | 'pause'
  | 'context-exceeded'
  | 'other'

export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
}

export interface ModelRequest {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSpec[]
  readonly signal: AbortSignal
  /** Where the request stands in its run: `t2` and the attempt, from 1. Payload for simulators and traces only. */
  readonly turn: number
  readonly attempt: number
  /** Hears the text so far while it streams. What it hears is never state: only the complete answer is. */
  readonly onPartial?: (text: string) => void
  /** The most the answer may be long, in tokens; absent: the model's own limit. */
  readonly maxOutputTokens?: number
}

export interface ModelAnswer {
  readonly text: string
  readonly calls: readonly ProposedCall[]
  readonly stop: StopReason
  readonly usage: Usage
}

const errorBrand = Symbol.for('stormproof.model-error')

/** How a model port refuses: typed, so that no text decides about a retry. */
export class ModelError extends Error {
  readonly detail: ErrorDetail
  readonly [errorBrand] = true

  /** What the `cause` says is for log lines alone. */
  constructor(detail: ErrorDetail, options: { cause?: unknown } = {}) {
    super(detail.text, options)
    this.name = 'ModelError'
    this.detail = detail
  }
}

export function isModelError(value: unknown): value is ModelError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[errorBrand] === true
}

/** A model: `answer` resolves with a complete answer or rejects with a `ModelError`. */
export interface Model {
  readonly '~model': true
  answer(request: ModelRequest): Promise<ModelAnswer>
}
