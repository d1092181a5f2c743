/** What a tool may declare beyond its schemas and its effect; each is inert when absent. */

import { StormproofError } from '../core/error.js'
import type { Effect } from '../core/tool.js'
import type { RateLimit } from './limits/rate-limit.js'

/** A call of the batch as a tool's `dependsOn` sees it. */
export interface BatchCall {
  /** `t3.c0`. */
  readonly call: string
  readonly tool: string
  readonly input: unknown
}

export interface ToolOptions<I> {
  /** Logged with every call, with a fingerprint of the schemas: a call that is pending over a resume runs with no other. */
  readonly version?: string | undefined
  /** What a call touches. Conflicting calls of a batch run one after the other, in call order; two reads never conflict. */
  readonly resources?: ((input: I) => readonly string[]) | undefined
  /** The calls of the batch (by path) that must have settled ok before this one starts. */
  readonly dependsOn?: ((input: I, batch: readonly BatchCall[]) => readonly string[]) | undefined
  /** Looks at arguments that the schema takes: the reason of a refusal, or undefined. */
  readonly policy?: ((input: I) => string | undefined) | undefined
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

export const optionFields = [
  'version',
  'resources',
  'dependsOn',
  'policy',
  'maxResultBytes',
  'fallback',
  'dedupe',
  'rateLimitPerMinute',
  'dependency',
  'cacheMs',
] as const satisfies readonly (keyof ToolOptions<unknown>)[]

/** The options that were given, and nothing else. Throws a `config` error for those that contradict each other. */
export function toolOptions<I>(name: string, effect: Effect, given: ToolOptions<I>): ToolOptions<I> {
  const options: Record<string, unknown> = {}
  for (const field of optionFields) if (given[field] !== undefined) options[field] = given[field]
  if (optionFields.some((field) => options[field] !== undefined)) requireSense(name, effect, given)
  return options
}

function requireSense<I>(name: string, effect: Effect, given: ToolOptions<I>): void {
  const { version, resources, dependsOn, policy, maxResultBytes, fallback, dedupe, cacheMs } = given
  const { rateLimitPerMinute, dependency } = given
  const isRead = effect === 'read'
  requireThat(version === undefined || version !== '', `version of tool ${name} is empty`)
  requireThat(isRead || fallback === undefined, `tool ${name} changes the world: nothing can stand in for it`)
  requireThat(isRead || cacheMs === undefined, `tool ${name} changes the world: its answers cannot be cached`)
  requireThat(fallback !== name, `tool ${name} is its own fallback`)
  requireThat(isCount(cacheMs), `cacheMs of tool ${name} must be a number from 0`)
  requireThat(isCount(maxResultBytes), `maxResultBytes of tool ${name} must be a number from 0`)
  requireThat(dedupe === undefined || dedupe === 'args', `dedupe of tool ${name} can only be 'args'`)
  const perMinute = typeof rateLimitPerMinute === 'object' ? rateLimitPerMinute.calls : rateLimitPerMinute
  requireThat(isCount(perMinute), `rateLimitPerMinute of tool ${name} must be a number from 0`)
  requireThat(dependency !== '', `dependency of tool ${name} is empty`)
  for (const [field, value] of Object.entries({ resources, dependsOn, policy })) {
    requireThat(value === undefined || typeof value === 'function', `${field} of tool ${name} must be a function`)
  }
}

/** An agent's own timeouts go before those of its tools. */
export function withTimeouts<T extends { readonly name: string; readonly timeoutMs: number }>(
  tools: readonly T[],
  timeouts: { readonly [name: string]: number | undefined } | undefined,
): readonly T[] {
  if (!timeouts) return tools
  for (const [name, timeoutMs = 0] of Object.entries(timeouts)) {
    const isKnown = tools.some((tool) => tool.name === name)
    requireThat(isKnown && isTimeout(timeoutMs), `timeouts.${name} must be milliseconds for a tool of the agent`)
  }
  return tools.map((tool) => ({ ...tool, timeoutMs: timeouts[tool.name] ?? tool.timeoutMs }))
}

/** What every platform can wait for. */
export const isTimeout = (ms: number): boolean => ms >= 0 && ms < 2 ** 31

const isCount = (value: number | undefined): boolean => value === undefined || value >= 0

/** Throws a `config` error that says `what`, unless it holds. */
export function requireThat(holds: boolean, what: string): void {
  if (!holds) throw new StormproofError('config', what, { remedy: 'change the definition of the tool' })
}
