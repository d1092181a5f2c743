/** A tool as it is judged, whoever wrote it: what it says of itself, and how an agent's runtime would call it. */

import type { JsonSchema } from '../../core/json-schema.js'
import type { Checked } from '../../core/schema.js'
import type { Effect, Idempotency } from '../../core/tool.js'

/** What one call is given beside its input. */
export interface CallContext {
  /** The same in every repetition of one call. */
  readonly id: string
  /** The idempotency key, where the kind of tool has one: the same in every repetition of one call. */
  readonly key: string
  /** Aborts when the caller no longer wants the result. */
  readonly signal: AbortSignal
}

/** A schema to make values from, and to tell whether a value fits. */
export interface ToolSchema {
  readonly json: JsonSchema
  /** What the author's own validator says; where there is only a JSON Schema, what that says. */
  readonly check: (value: unknown) => Checked<unknown>
  /** It has a validator of its own, which whoever runs the tool applies before it. */
  readonly validates: boolean
}

export interface TakenTool {
  /** `AI SDK tool`, for the card. */
  readonly kind: string
  readonly name: string
  readonly description: string
  readonly input: ToolSchema
  readonly output: ToolSchema | undefined
  /** What its author says about it; absent: nothing. */
  readonly declared: {
    readonly effect?: Effect
    readonly idempotency?: Idempotency
    readonly compensate?: (input: unknown, context: CallContext) => unknown
  }
  /** It runs in another process: calls take real time, and nobody sees what it asks and changes. Default: false. */
  readonly inRealTime?: boolean
  /** After so many milliseconds its runtime aborts the signal and stops waiting; undefined: it never does. */
  readonly timeoutMs: number | undefined
  /** Carries out a call as its runtime does, validation of the input included. May return anything and throw anything. */
  readonly call: (input: unknown, context: CallContext) => unknown
}
