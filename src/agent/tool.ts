/** A tool of this runtime: plain data that says what it takes, what it gives, what it changes and how it is undone. */

import { type Approval, type ApprovalPolicy, approvalPolicy } from '../core/approval.js'
import { longestMs } from '../core/clock.js'
import { requireNamed, requireThat, requireWord } from '../core/definition.js'
import type { Json } from '../core/json.js'
import { type InferOut, isSchema, type Schema } from '../core/schema.js'
import type { Effect, Idempotency, ToolContext } from '../core/tool.js'
import type { RateLimit } from './limits/rate-limit.js'
import { toolTimeoutMs } from './policy.js'
import type { Subagent } from './team/subagent.js'

export type Reconciled = 'applied' | 'not-applied' | 'unknown'

/** A call of the batch as a tool's `dependsOn` sees it. */
export interface BatchCall {
  /** `t3.c0`. */
  readonly call: string
  readonly tool: string
  readonly input: unknown
}

/** What a tool may declare beyond its schemas and its effect; each is inert when absent. */
export interface ToolOptions<I> {
  /** Logged with every call, with a fingerprint of the schemas: a call that is pending over a resume runs with no other. */
  readonly version?: string | undefined
  /** What a call touches. Conflicting calls of a batch run one after the other, in call order; two reads never conflict. */
  readonly resources?: ((input: I) => readonly string[]) | undefined
  /** The calls of the batch (by path) that must have settled ok before this one starts. */
  readonly dependsOn?: ((input: I, batch: readonly BatchCall[]) => readonly string[]) | undefined
  /** Looks at arguments that the schema takes: the reason of a refusal, or undefined. */
  readonly policy?: ((input: I) => string | undefined) | undefined
  /**
   * What the user has to say before a call starts: the next question, given what they have answered so far; undefined: nothing more.
   * The run waits as it does for an approval, by `user`; `execute` gets the `answers`. It is asked again after a restart: be pure.
   */
  readonly asks?: ((input: I, answers: readonly Json[], call: string) => Json | undefined) | undefined
  /** Length of a result the model is shown in full, in bytes of UTF-8. Default 100,000. The log keeps all of it. */
  readonly maxResultBytes?: number | undefined
  /** Reads only: what answers when the tool is unavailable: another read tool's name, or a function. Its result is labelled. */
  readonly fallback?: string | ((input: I) => unknown) | undefined
  /** `args`: equal calls of one batch are one call, whose result all of them show. */
  readonly dedupe?: 'args' | undefined
  /** Calls that may be admitted in any 60 s: in each session, or `shared` by all sessions of the agent. 0 admits none. Default: any number. */
  readonly rateLimitPerMinute?: RateLimit | undefined
  /** What it and other tools depend on: they share one breaker. */
  readonly dependency?: string | undefined
  /** Reads only: how long, in milliseconds, an equal call of the session may be answered from the log. Writes to a shared resource end it. */
  readonly cacheMs?: number | undefined
}

type Work<I, R> = (input: I, context: ToolContext) => Promise<R>

export interface Tool<N extends string, I, O> extends ToolOptions<I> {
  readonly name: N
  readonly description: string
  readonly effect: Effect
  readonly idempotency: Idempotency
  readonly input: Schema
  readonly output: Schema
  /** One attempt, in milliseconds. */
  readonly timeoutMs: number
  readonly execute: Work<I, O>
  readonly compensate?: Work<I, unknown> | undefined
  readonly reconcile?: Work<I, Reconciled> | undefined
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
  /** Default 30,000. 0 has expired before it began. What comes later is logged and never shown; a run keeps the values of 64 such results, and counts the rest. */
  timeoutMs?: number
}

interface Keyed<I, O> {
  execute: Work<I, O>
  /** Default `keyed`: the service honours the key. `none`: an unknown outcome is never tried again without `reconcile`. */
  idempotency?: Idempotency
  /** Whether a call that may have happened did. */
  reconcile?: Work<I, Reconciled>
  /** Who must approve each call before it starts: the runtime asks, waits, and lets it start once. */
  approval?: Approval
}

type ByEffect<I, O> =
  | { effect: 'read'; execute: (input: I, context: Omit<ToolContext, 'key'>) => Promise<O>; compensate?: never }
  | (Keyed<I, O> & { effect: 'write'; compensate?: Work<I, unknown> })
  | (Keyed<I, O> & { effect: 'irreversible'; compensate?: never })

const optionFields = [
  ...(['version', 'resources', 'dependsOn', 'policy', 'maxResultBytes', 'fallback', 'dedupe'] as const),
  ...(['rateLimitPerMinute', 'dependency', 'cacheMs', 'asks'] as const),
]
const toolFields = [
  ...['name', 'description', 'effect', 'input', 'output', 'timeoutMs', 'execute'],
  ...['idempotency', 'compensate', 'reconcile', 'approval', ...optionFields],
]

/**
 * Defines a tool. `write` needs `execute` to take the key; `irreversible` has no `compensate`.
 * Throws a `config` error for a tool that could not be run safely: no schema, no name, a timeout that is no number.
 */
export function defineTool<const N extends string, I extends Schema, O extends Schema>(
  tool: AnyEffect<N, I, O> & ByEffect<InferOut<I>, InferOut<O>>,
): Tool<N, InferOut<I>, InferOut<O>> {
  requireNamed('tool', tool, toolFields)
  const given = tool as Omit<typeof tool, 'effect'> & Keyed<InferOut<I>, InferOut<O>> & { effect: Effect }
  const { name, description, effect, input, output, execute, compensate, reconcile, approval: asked } = given
  const timeoutMs = given.timeoutMs ?? toolTimeoutMs
  requireThat(typeof name === 'string' && name !== '', 'a tool needs a name')
  requireWord('config', `effect of tool ${name}`, effect, ['read', 'write', 'irreversible'])
  const isRead = effect === 'read'
  const idempotency = isRead ? 'natural' : (given.idempotency ?? 'keyed')
  requireWord('config', `idempotency of tool ${name}`, given.idempotency ?? 'keyed', ['natural', 'keyed', 'none'])
  requireThat(isSchema(input) && isSchema(output), `tool ${name} needs an input schema and an output schema`)
  requireThat(typeof execute === 'function', `tool ${name} needs execute`)
  requireThat(isTimeout(timeoutMs), `timeoutMs of tool ${name} must be from 0 to 2^31 - 1, not ${timeoutMs}`)
  requireThat(effect === 'write' || !compensate, `tool ${name} is not a write: it cannot be compensated`)
  requireThat(!isRead || asked === undefined, `tool ${name} changes nothing: nobody need approve it`)
  requireSense(name, isRead, given)
  const approval = asked === undefined ? undefined : approvalPolicy(`tool ${name}`, asked)
  const options: ToolOptions<InferOut<I>> = Object.fromEntries(
    optionFields.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])),
  )
  const work = { execute, compensate, reconcile, approval }
  return { name, description, effect, idempotency, input, output, timeoutMs, ...work, ...options }
}

/** Throws a `config` error for options that contradict the tool. */
function requireSense(name: string, isRead: boolean, given: ToolOptions<any>): void {
  const { version, resources, dependsOn, policy, maxResultBytes, fallback, dedupe, cacheMs, asks } = given
  const { rateLimitPerMinute: limit, dependency } = given
  requireThat(version !== '', `version of tool ${name} is empty`)
  requireThat(isRead || fallback === undefined, `tool ${name} changes the world: nothing can stand in for it`)
  requireThat(isRead || cacheMs === undefined, `tool ${name} changes the world: its answers cannot be cached`)
  requireThat(fallback !== name, `tool ${name} is its own fallback`)
  requireThat(dedupe === undefined || dedupe === 'args', `dedupe of tool ${name} can only be 'args'`)
  requireThat(dependency !== '', `dependency of tool ${name} is empty`)
  const rateLimitPerMinute = typeof limit === 'object' ? limit.calls : limit
  for (const [field, value = 0] of Object.entries({ cacheMs, maxResultBytes, rateLimitPerMinute })) {
    requireThat(value >= 0, `${field} of tool ${name} must be a number from 0`)
  }
  for (const [field, value] of Object.entries({ resources, dependsOn, policy, asks })) {
    requireThat(value === undefined || typeof value === 'function', `${field} of tool ${name} must be a function`)
  }
}

export const isTimeout = (ms: number): boolean => ms >= 0 && ms <= longestMs

/** Whether a call of this tool can change the world. */
export const changesWorld = (tool: AnyTool): boolean => tool.effect !== 'read'
