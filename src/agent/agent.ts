/** An agent: instructions, tools and bounds, as plain data. */

import type { Approval } from '../core/approval.js'
import { came, requireFields } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { Limits } from '../core/event.js'
import type { GuardOptions } from '../core/guard.js'
import type { MemoryOptions } from '../core/memory.js'
import type { ContextOptions } from '../core/prompt.js'
import type { Sink } from '../core/sink.js'
import type { InputOf, ToolSpec } from '../core/tool.js'
import type { BreakerPolicy } from '../resilience/breaker.js'
import type { RetryPolicy } from '../resilience/retry.js'
import { builtIns } from './built-in.js'
import { type ContextPolicy, contextPolicy } from './context/policy.js'
import { recallTool } from './context/recall.js'
import { defaultLimits, modelTimeoutMs } from './defaults.js'
import { requireFallbacks } from './fallback.js'
import { type Grants, type GuardPolicy, guarded } from './guard/policy.js'
import { type BoundOptions, boundsOf } from './limits/bounds.js'
import type { BudgetPolicy } from './limits/spending.js'
import { type MemoryPolicy, memoryPolicy } from './memory/policy.js'
import type { Parts } from './parts.js'
import { type Subagents, subagentTools } from './team/subagent.js'
import { type AnyTool, type Tool, toolSpec } from './tool.js'
import { withTimeouts } from './tool-options.js'

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
  readonly budget?: BudgetPolicy | undefined
  readonly modelTimeoutMs: number
  /** The tools that are offered from a turn on; absent: all, always. Asked once a turn, and logged. */
  readonly toolsAt?: ((turn: number) => readonly string[]) | undefined
  readonly asksUser?: boolean | undefined
  /** Nothing changes the world outside of an approved plan. */
  readonly plansFirst?: boolean | undefined
  /** Agents the conversation may be handed to; the model then has the tool `hand_off`. */
  readonly handsOffTo?: readonly string[] | undefined
  /** How much of the conversation a prompt shows; undefined: all of it. */
  readonly context?: ContextPolicy | undefined
  readonly memory?: MemoryPolicy | undefined
  /** Where log lines go. */
  readonly sinks?: readonly Sink[] | undefined
  /** What stands between the model and whoever tries to steer it, and what the agent may do whatever it was told. */
  readonly guards?: GuardPolicy | undefined
  readonly grants?: Grants | undefined
  /** Values that no line may show, in whatever form. */
  readonly secrets?: readonly string[] | undefined
  /** What the model is told of the tools, by name: the order of definition is not its concern. */
  readonly specs: readonly ToolSpec[]
  /** Decisions that replace the default ones: how the runtime is composed, and how its mutants are made. */
  readonly parts: Partial<Parts>
}

const limitFields = ['turns', 'tokens', 'timeMs', 'inFlight', 'callsPerTurn', 'attempts']
const agentFields = [
  ...['name', 'instructions', 'tools', 'limits', 'retry', 'breaker', 'budget', 'saga', 'context', 'memory', 'sinks'],
  ...['secrets', 'guards', 'grants', 'timeouts', 'toolsAt', 'asksUser', 'planApproval', 'handsOffTo', 'subagents'],
]

/** Defines an agent. Throws a `config` error for tools of one name and for limits that are no whole numbers. */
export function defineAgent<const L extends readonly Tool<string, any, any>[]>(agent: {
  name: string
  instructions: string
  tools: L
  /** `inFlight`: calls of a batch that run at once. Default 8. */
  limits?: { turns?: number; tokens?: number; timeMs?: number; inFlight?: number; callsPerTurn?: number }
  /** How failed operations are tried again. Default: 3 attempts, from 1 s, doubled, with up to 0.5 s of jitter. */
  retry?: BoundOptions['retry']
  /** When a failing tool is left alone. Default: for 30 s after 3 failures in a row, in each session by itself. */
  breaker?: BoundOptions['breaker']
  /** What the model may cost. Default: no bound. */
  budget?: BudgetPolicy
  saga?: boolean
  /** Keeps prompts within a window, and gives the model the tool `recall` for what it no longer shows. Default: prompts show all. */
  context?: ContextOptions
  /** What is remembered within the session and beyond, and shown again when it fits. Default: nothing. With it `context` defaults to a window of 200,000 tokens. */
  memory?: MemoryOptions
  /** Where masked log lines of its runs go; what a sink does never changes a run. Default: nowhere. */
  sinks?: readonly Sink[]
  /** Values that no log line may show, plain or encoded, beside those that masking knows by field name or shape. */
  secrets?: readonly string[]
  /** Against injections and leaks; one that fails blocks. Default: none. */
  guards?: GuardOptions
  /** What this agent may do: a tool that is not named, an input for which its grant is not true, is refused. Default: all its tools, with any input. */
  grants?: { [N in L[number]['name']]?: (input: InputOf<Extract<L[number], { name: N }>>) => boolean }
  /** Milliseconds an attempt may take, by tool; it goes before the tool's own. */
  timeouts?: { [E in L[number] as E['name']]?: number }
  /** Names of the tools offered from a turn on. Default: all. */
  toolsAt?: (turn: number) => readonly string[]
  /** Gives the model a tool `ask_user`: the run waits until it is run again with the answer. */
  asksUser?: boolean
  /** Gives the model a tool `submit_plan`: only tools of the last approved plan may change anything. Default: no plan is needed. */
  planApproval?: Approval
  /** Gives the model a tool `hand_off`, which ends the run and names who goes on. */
  handsOffTo?: readonly string[]
  /** Agents that work for this one: each is a tool `{ task }` to the model, and runs as a session of its own, `<session>/<call>`. */
  subagents?: Subagents
}): Agent<ByName<L>> {
  requireAgent(agent)
  const limits = inRange({ ...defaultLimits, ...agent.limits })
  const window = agent.context ?? (agent.memory && { windowTokens: 200_000 })
  const context = window && contextPolicy(window, agent.instructions)
  const named = withNames([
    ...withTimeouts(agent.tools, agent.timeouts),
    ...builtIns(agent),
    ...subagentTools(agent.subagents),
    ...(context ? [recallTool(context)] : []),
  ])
  return {
    name: agent.name,
    ...guarded(agent, named.tools),
    ...named,
    context,
    memory: agent.memory && memoryPolicy(agent.memory),
    sinks: agent.sinks,
    secrets: agent.secrets,
    limits,
    saga: agent.saga ?? false,
    ...boundsOf(agent, limits.attempts),
    modelTimeoutMs,
    toolsAt: agent.toolsAt,
    asksUser: agent.asksUser,
    plansFirst: agent.planApproval && true,
    handsOffTo: agent.handsOffTo?.length ? agent.handsOffTo : undefined,
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
  requireFallbacks(tools)
  const specs = tools.map(toolSpec).sort((one, other) => (one.name < other.name ? -1 : 1))
  return { '~tools': byName, tools, specs }
}

function requireAgent(agent: { name: string; tools: unknown; limits?: object }): void {
  requireFields(
    'config',
    `agent ${String((agent as Partial<typeof agent> | undefined)?.name ?? '')}`.trim(),
    agent,
    agentFields,
  )
  requireTools(agent.name, agent.tools)
  requireFields('config', 'limits', agent.limits ?? {}, limitFields)
}

function requireTools(agent: string, tools: unknown): void {
  const isTool = (tool: Partial<AnyTool> | null | undefined): boolean =>
    typeof tool?.execute === 'function' && typeof tool.idempotency === 'string' && typeof tool.timeoutMs === 'number'
  if (Array.isArray(tools) && tools.every(isTool)) return
  throw new StormproofError(
    'config',
    `tools of agent ${agent} must be a list of what defineTool gives, not ${came(tools)}`,
    {
      remedy: 'tools: [defineTool({ … })]',
    },
  )
}

function inRange(limits: Limits): Limits {
  atLeast('turns', limits.turns, 1)
  atLeast('timeMs', limits.timeMs, 0)
  atLeast('inFlight', limits.inFlight, 1)
  atLeast('callsPerTurn', limits.callsPerTurn, 0)
  if (limits.tokens !== undefined) atLeast('tokens', limits.tokens, 0)
  return limits
}

function atLeast(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new StormproofError('config', `limits.${name} must be a whole number from ${least}, not ${value}`, {
    remedy: 'correct the limit, or leave it out for its default',
  })
}
