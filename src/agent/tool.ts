/** A tool of this runtime: plain data that says what it takes, what it gives, what it changes and how it is undone. */

import type { Approval, ApprovalPolicy } from '../core/approval.js'
import { requireFields, requireWord } from '../core/definition.js'
import { type InferOut, type Schema, toJsonSchema } from '../core/schema.js'
import type { Effect, Idempotency, ToolContext, ToolSpec } from '../core/tool.js'
import { approvalPolicy } from './approval/policy.js'
import { toolTimeoutMs } from './defaults.js'
import type { Subagent } from './team/subagent.js'
import { isTimeout, optionFields, requireThat, type ToolOptions, toolOptions } from './tool-options.js'

export type Reconciled = 'applied' | 'not-applied' | 'unknown'

export interface Tool<N extends string, I, O> extends ToolOptions<I> {
  readonly name: N
  readonly description: string
  readonly effect: Effect
  readonly idempotency: Idempotency
  readonly input: Schema
  readonly output: Schema
  /** One attempt, in milliseconds. */
  readonly timeoutMs: number
  readonly execute: (input: I, context: ToolContext) => Promise<O>
  readonly compensate?: ((input: I, context: ToolContext) => Promise<unknown>) | undefined
  readonly reconcile?: ((input: I, context: ToolContext) => Promise<Reconciled>) | undefined
  /** Who must approve a call before it starts; undefined: nobody. */
  readonly approval?: ApprovalPolicy | undefined
  /** The agent that does what the tool is asked. */
  readonly subagent?: Subagent | undefined
}
export type AnyTool = Tool<string, any, any>

interface AnyEffect<N extends string, I extends Schema, O extends Schema> extends ToolOptions<InferOut<I>> {
  name: N
  description: string
  /** zod 4, or any Standard Schema with `~standard.jsonSchema`. Its output equals the input: no default, no transform, no unknown key, else the call is refused. */
  input: I
  output: O
  /** Default 30,000. 0 has expired before it began. */
  timeoutMs?: number
}

interface Keyed<I> {
  /** Default `keyed`: the service honours the key. `none`: an unknown outcome is never tried again without `reconcile`. */
  idempotency?: Idempotency
  /** Whether a call that may have happened did. */
  reconcile?: (input: I, context: ToolContext) => Promise<Reconciled>
  /** Who must approve each call before it starts: the runtime asks, waits, and lets it start once. */
  approval?: Approval
}

type ReadTool<I, O> = {
  effect: 'read'
  execute: (input: I, context: Omit<ToolContext, 'key'>) => Promise<O>
  compensate?: never
}
type WriteTool<I, O> = Keyed<I> & {
  effect: 'write'
  execute: (input: I, context: ToolContext) => Promise<O>
  compensate?: (input: I, context: ToolContext) => Promise<unknown>
}
type IrreversibleTool<I, O> = Keyed<I> & {
  effect: 'irreversible'
  execute: (input: I, context: ToolContext) => Promise<O>
  compensate?: never
}

const toolFields = [
  ...['name', 'description', 'effect', 'input', 'output', 'timeoutMs', 'execute'],
  ...['idempotency', 'compensate', 'reconcile', 'approval'],
  ...optionFields,
]

/**
 * Defines a tool. `write` needs `execute` to take the key; `irreversible` has no `compensate`.
 * Throws a `config` error for a tool that could not be run safely: no schema, no name, a timeout that is no number.
 */
export function defineTool<const N extends string, I extends Schema, O extends Schema>(
  tool: AnyEffect<N, I, O> &
    (
      | ReadTool<InferOut<I>, InferOut<O>>
      | WriteTool<InferOut<I>, InferOut<O>>
      | IrreversibleTool<InferOut<I>, InferOut<O>>
    ),
): Tool<N, InferOut<I>, InferOut<O>> {
  requireFields(
    'config',
    `tool ${String((tool as Partial<typeof tool> | undefined)?.name ?? '')}`.trim(),
    tool,
    toolFields,
  )
  const given = tool as AnyEffect<N, I, O> & WriteTool<InferOut<I>, InferOut<O>>
  const { name, description, effect, input, output, execute, compensate, reconcile } = given
  const timeoutMs = given.timeoutMs ?? toolTimeoutMs
  requireThat(typeof name === 'string' && name !== '', 'a tool needs a name')
  requireWord('config', `effect of tool ${name}`, effect, ['read', 'write', 'irreversible'])
  if (given.idempotency !== undefined) {
    requireWord('config', `idempotency of tool ${name}`, given.idempotency, ['natural', 'keyed', 'none'])
  }
  requireThat(isSchema(input) && isSchema(output), `tool ${name} needs an input schema and an output schema`)
  requireThat(typeof execute === 'function', `tool ${name} needs execute`)
  requireThat(isTimeout(timeoutMs), `timeoutMs of tool ${name} must be from 0 to 2^31 - 1, not ${timeoutMs}`)
  requireThat(effect === 'write' || !compensate, `tool ${name} is not a write: it cannot be compensated`)
  requireThat(
    effect !== ('read' as Effect) || given.approval === undefined,
    `tool ${name} changes nothing: nobody need approve it`,
  )
  const approval = given.approval === undefined ? undefined : approvalPolicy(`tool ${name}`, given.approval)
  const idempotency = effect === ('read' as Effect) ? 'natural' : (given.idempotency ?? 'keyed')
  const options = toolOptions<InferOut<I>>(name, effect, given)
  const work = { execute, compensate, reconcile, approval }
  return { name, description, effect, idempotency, input, output, timeoutMs, ...work, ...options }
}

/** What the model is told. */
export const toolSpec = (tool: AnyTool): ToolSpec => new SpecOfTool(tool)

/**
 * The JSON Schema is made when somebody looks: it costs more than a turn. The getter is the class's, not the object's own: V8 keeps
 * an own getter, and all it closes over, until the next major collection.
 */
class SpecOfTool implements ToolSpec {
  readonly name: string
  readonly description: string
  readonly #input: Schema
  #schema: unknown

  constructor(tool: AnyTool) {
    this.name = tool.name
    this.description = tool.description
    this.#input = tool.input
  }

  get inputSchema(): unknown {
    this.#schema ??= toJsonSchema(this.#input) ?? { type: 'object' }
    return this.#schema
  }
}

/** Whether a call of this tool can change the world. */
export const changesWorld = (tool: AnyTool): boolean => tool.effect !== 'read'

function isSchema(value: unknown): value is Schema {
  return typeof (value as Partial<Schema> | undefined)?.['~standard']?.validate === 'function'
}
