/** Tools, whoever wrote them: read structurally, so that the core never imports an SDK. */

import type { Json } from './json.js'
import type { Extent } from './outcome.js'
import { type Schema, toJsonSchema } from './schema.js'

export type Tools = Record<string, any>

export type InputOf<T> = T extends { execute: (input: infer I, ...rest: any[]) => any } ? I : never
type Settled<R> = R extends AsyncIterable<any> ? never : Awaited<R>
export type OutputOf<T> = T extends { execute: (...args: any[]) => infer R } ? Settled<R> : never

export type Effect = 'read' | 'write' | 'irreversible'
/** `keyed`: the service honours the key. `natural`: doing it twice is doing it once. `none`: neither. */
export type Idempotency = 'keyed' | 'natural' | 'none'

/** What an execution is given beside its input. */
export interface ToolContext {
  /** The idempotency key: the same in all attempts of a call, derived from the call's path. */
  readonly key: string
  /** Aborts at the deadline and when the run is cancelled. */
  readonly signal: AbortSignal
  /** Virtual or real milliseconds on the runtime's clock. */
  readonly deadline: number
  /** The call's path in its run, `t3.c0`. */
  readonly call: string
  /** From 1. */
  readonly attempt: number
  /** W3C Trace Context of this operation, to be passed on: the same in all its attempts, and in the run's log lines. */
  readonly traceparent?: string | undefined
  /** What was answered to what the tool `asks`, in that order; absent: nothing was asked. */
  readonly answers?: readonly Json[] | undefined
  /** What an earlier result of the run said, by the reference a prompt shows in its place. Only agents with `context` have it. */
  readonly recall?: ((reference: string) => string | undefined) | undefined
}

/** What a model is told of a tool. */
export interface ToolSpec {
  readonly name: string
  readonly description: string
  readonly inputSchema: unknown
}

/**
 * What the model is told. The JSON Schema is made when somebody looks: it costs more than a turn. The getter is the class's, not the object's own: V8 keeps
 * an own getter, and all it closes over, until the next major collection.
 */
export class SpecOfTool implements ToolSpec {
  readonly name: string
  readonly description: string
  readonly #input: Schema
  #schema: unknown

  constructor(tool: Pick<ToolSpec, 'name' | 'description'> & { readonly input: Schema }) {
    this.name = tool.name
    this.description = tool.description
    this.#input = tool.input
  }

  get inputSchema(): unknown {
    this.#schema ??= toJsonSchema(this.#input) ?? { type: 'object' }
    return this.#schema
  }
}

const failureBrand = Symbol.for('stormproof.tool-failure')

/** Throw it when the effect certainly did not happen; any other error of a write is an unknown outcome. */
export class ToolFailure extends Error {
  /** `later`: worth another try; `never`: it will fail again. What the `cause` says is for log lines alone. */
  readonly retry: 'never' | 'later'
  readonly afterMs: number | undefined
  /** The status over HTTP when a simulated service refuses so. Default 409. */
  readonly status: number | undefined
  readonly [failureBrand] = true

  constructor(
    message: string,
    options: { retry?: 'never' | 'later'; afterMs?: number; status?: number; cause?: unknown } = {},
  ) {
    super(message, options)
    this.name = 'ToolFailure'
    this.retry = options.retry ?? 'later'
    this.afterMs = options.afterMs
    this.status = options.status
  }
}

export function isToolFailure(value: unknown): value is ToolFailure {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[failureBrand] === true
}

const partialBrand = Symbol.for('stormproof.partial-effect')

/**
 * Throw it when `done` of the `of` parts of a write took place: whole numbers. The outcome is unknown, as with any error, so
 * nothing is built on it and a saga undoes it; the record and the model are told how far it got.
 */
export class PartialEffect extends Error {
  readonly done: number
  readonly of: number
  readonly [partialBrand] = true

  constructor(message: string, { done, of, cause }: Extent & { readonly cause?: unknown }) {
    super(message, { cause })
    this.name = 'PartialEffect'
    this.done = done
    this.of = of
  }
}

export function isPartialEffect(value: unknown): value is PartialEffect {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[partialBrand] === true
}
