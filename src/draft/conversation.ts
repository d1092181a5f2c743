/** A recorded conversation as a scenario needs it: what was asked, what the model did, what its tools answered. */

import type { JsonSchema } from '../core/json-schema.js'

/** A call that was answered. */
export interface RecordedCall {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
  /** What came back: a value, or that it failed and why. */
  readonly answer: { readonly value: unknown } | { readonly failure: string }
}

export interface RecordedTool {
  readonly name: string
  /** Empty where the recording does not say. */
  readonly description: string
  readonly inputSchema: JsonSchema | undefined
}

export interface Conversation {
  readonly instructions: string
  readonly prompt: string
  /** The turns of the model that called something, in order. */
  readonly turns: readonly (readonly RecordedCall[])[]
  /** What it said last. */
  readonly end: string
  /** The tools that were called. */
  readonly tools: readonly RecordedTool[]
}

/** Something of the recording that could not be used, and where it stands: `message 3`, `line 12, column 5`. */
export interface Complaint {
  readonly where: string
  readonly what: string
}
