/** An agent: instructions, tools and bounds, as plain data. */

import { StormproofError } from '../core/error.js'
import type { Limits } from '../core/event.js'
import type { ToolSpec } from '../core/tool.js'
import type { RetryPolicy } from '../resilience/backoff.js'
import type { BreakerPolicy } from '../resilience/breaker.js'
import { defaultBreaker, defaultLimits, defaultRetry, modelTimeoutMs } from './defaults.js'
import type { Parts } from './parts.js'
import { type AnyTool, type Tool, toolSpec } from './tool.js'

type ByName<L extends readonly Tool<string, any, any>[]> = { [E in L[number] as E['name']]: E }

export interface Agent<T> {
  readonly name: string
  /** The tools by name. */
  readonly '~tools': T
  readonly instructions: string
  readonly tools: readonly AnyTool[]
  readonly limits: Limits
  /** All writes or none: what was done is undone when the run does not come to its natural end. */
  readonly saga: boolean
  readonly retry: RetryPolicy
  readonly breaker: BreakerPolicy
  readonly modelTimeoutMs: number
  /** What the model is told of the tools, by name: the order of definition is not its concern. */
  readonly specs: readonly ToolSpec[]
  /** Decisions that replace the default ones: how the runtime is composed, and how its mutants are made. */
  readonly parts: Partial<Parts>
}

/** Defines an agent. Throws a `config` error for tools of one name and for limits that are no whole numbers. */
export function defineAgent<const L extends readonly Tool<string, any, any>[]>(agent: {
  name: string
  instructions: string
  tools: L
  limits?: { turns?: number; tokens?: number; timeMs?: number }
  saga?: boolean
}): Agent<ByName<L>> {
  const limits = { ...defaultLimits, ...agent.limits }
  atLeast('turns', limits.turns, 1)
  atLeast('timeMs', limits.timeMs, 0)
  if (limits.tokens !== undefined) atLeast('tokens', limits.tokens, 0)
  return {
    name: agent.name,
    instructions: agent.instructions,
    ...withNames(agent.tools),
    limits,
    saga: agent.saga ?? false,
    retry: { ...defaultRetry, attempts: limits.attempts },
    breaker: defaultBreaker,
    modelTimeoutMs,
    parts: {},
  } as Agent<ByName<L>>
}

/** The same agent with every tool replaced: how a simulator puts itself between the runtime and a tool. */
export function wrapTools<T>(agent: Agent<T>, wrap: (tool: AnyTool) => AnyTool): Agent<T> {
  return { ...agent, ...withNames(agent.tools.map(wrap)) } as Agent<T>
}

/** The same agent with some of its decisions replaced. */
export function withParts<T>(agent: Agent<T>, parts: Partial<Parts>): Agent<T> {
  return { ...agent, parts: { ...agent.parts, ...parts } }
}

/** The tool of that name, if the agent has one. */
export function toolNamed(agent: Agent<unknown>, name: string): AnyTool | undefined {
  return (agent['~tools'] as Record<string, AnyTool | undefined>)[name]
}

function withNames(tools: readonly AnyTool[]): Pick<Agent<unknown>, '~tools' | 'tools' | 'specs'> {
  const byName: Record<string, AnyTool> = Object.create(null)
  for (const tool of tools) {
    if (byName[tool.name]) {
      throw new StormproofError('config', `two tools are named ${tool.name}`, { remedy: 'give each its own name' })
    }
    byName[tool.name] = tool
  }
  const specs = tools.map(toolSpec).sort((one, other) => (one.name < other.name ? -1 : 1))
  return { '~tools': byName, tools, specs }
}

function atLeast(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new StormproofError('config', `limits.${name} must be a whole number from ${least}, not ${value}`, {
    remedy: 'correct the limit, or leave it out for its default',
  })
}
