/** An agent: instructions, tools and bounds, as plain data. */

import { came, requireNamed, requireThat } from '../core/definition.js'
import type { GuardOptions } from '../core/guard.js'
import { type MemoryOptions, type MemoryPolicy, memoryPolicy, tiers } from '../core/memory.js'
import { type ContextOptions, type ContextPolicy, contextPolicy } from '../core/prompt.js'
import type { Sink } from '../core/sink.js'
import { type InputOf, SpecOfTool, type ToolSpec } from '../core/tool.js'
import { type BuiltIns, builtIns } from './built-in.js'
import { recallTool } from './context/recall.js'
import type { Parts } from './parts.js'
import { type BoundOptions, boundsOf, guarded, modelTimeoutMs } from './policy.js'
import { type Subagents, subagentTools } from './team/subagent.js'
import { type AnyTool, isTimeout, type Tool } from './tool.js'

type AnyTools = readonly Tool<string, any, any>[]
type ByName<L extends AnyTools> = { [E in L[number] as E['name']]: E }

export interface AgentOptions<L extends AnyTools> extends BoundOptions, BuiltIns {
  name: string
  instructions: string
  tools: L
  /** All writes or none: what was done is undone when the run does not come to its natural end. Default false. */
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
  /** Names of the tools offered from a turn on. Default: all. Asked once a turn, and logged. */
  toolsAt?: (turn: number) => readonly string[]
  /** Agents that work for this one: each is a tool `{ task }` to the model, and runs as a session of its own, `<session>/<call>`. */
  subagents?: Subagents
}

type AsGiven = Pick<AgentOptions<AnyTools>, 'name' | 'sinks' | 'secrets' | 'toolsAt' | 'asksUser' | 'handsOffTo'>
type Checked = ReturnType<typeof boundsOf> & ReturnType<typeof guarded>

export interface Agent<T> extends Readonly<AsGiven>, Readonly<Checked> {
  /** The tools by name. */
  readonly '~tools': T
  readonly tools: readonly AnyTool[]
  /** What the model is told of them, by name: the order of definition is not its concern. */
  readonly specs: readonly ToolSpec[]
  readonly saga: boolean
  readonly modelTimeoutMs: number
  readonly plansFirst?: boolean
  readonly context?: ContextPolicy
  readonly memory?: MemoryPolicy
  /** Decisions that replace the default ones: how the runtime is composed, and how its mutants are made. */
  readonly parts: Partial<Parts>
}

const agentFields = [
  ...['name', 'instructions', 'tools', 'limits', 'retry', 'breaker', 'budget', 'saga', 'context', 'memory', 'sinks'],
  ...['secrets', 'guards', 'grants', 'timeouts', 'toolsAt', 'asksUser', 'planApproval', 'handsOffTo', 'subagents'],
]

/** Defines an agent. Throws a `config` error for tools of one name and for limits that are no whole numbers. */
export function defineAgent<const L extends AnyTools>(agent: AgentOptions<L>): Agent<ByName<L>> {
  requireNamed('agent', agent, agentFields)
  const { name, instructions, tools, memory, sinks, secrets, saga = false, toolsAt, asksUser, handsOffTo } = agent
  requireTools(name, tools)
  const window = agent.context ?? (memory && { windowTokens: tiers.active.tokens })
  const context = window && contextPolicy(window, instructions)
  const named = withNames([
    ...withTimeouts(tools, agent.timeouts),
    ...builtIns(agent),
    ...subagentTools(agent.subagents),
    ...(context ? [recallTool(context)] : []),
  ])
  return {
    name,
    ...guarded(agent, named.tools),
    ...named,
    ...boundsOf(agent),
    ...{ context, sinks, secrets, saga, toolsAt, asksUser, modelTimeoutMs },
    memory: memory && memoryPolicy(memory),
    plansFirst: agent.planApproval && true,
    handsOffTo: handsOffTo?.length ? handsOffTo : undefined,
    parts: {},
  } as unknown as Agent<ByName<L>>
}

/** The same agent with every tool replaced, or left out where `wrap` gives none: how a simulator puts itself between the runtime and a tool. */
export function wrapTools<T>(agent: Agent<T>, wrap: (tool: AnyTool) => AnyTool | undefined): Agent<T> {
  return { ...agent, ...withNames(agent.tools.flatMap((tool) => wrap(tool) ?? [])) } as Agent<T>
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
    requireThat(!byName[tool.name], `two tools are named ${tool.name}`, 'give each its own name')
    byName[tool.name] = tool
  }
  for (const { name, fallback: by } of tools) {
    const problem = `the fallback of tool ${name} must be a read tool of the agent, not ${by}`
    const isRead = typeof by !== 'string' || byName[by]?.effect === 'read'
    requireThat(isRead, problem, 'add the tool, or give a function')
  }
  const specs = tools.map((tool) => new SpecOfTool(tool)).sort((one, other) => (one.name < other.name ? -1 : 1))
  return { '~tools': byName, tools, specs }
}

function requireTools(agent: string, tools: unknown): void {
  const isTool = (tool: Partial<AnyTool> | null | undefined): boolean =>
    typeof tool?.execute === 'function' && typeof tool.idempotency === 'string' && typeof tool.timeoutMs === 'number'
  const problem = `tools of agent ${agent} must be a list of what defineTool gives, not ${came(tools)}`
  requireThat(Array.isArray(tools) && tools.every(isTool), problem, 'tools: [defineTool({ … })]')
}

/** An agent's own timeouts go before those of its tools. */
function withTimeouts(tools: AnyTools, timeouts?: Readonly<Record<string, number | undefined>>): AnyTools {
  if (!timeouts) return tools
  for (const [name, timeoutMs = 0] of Object.entries(timeouts)) {
    const isKnown = tools.some((tool) => tool.name === name)
    requireThat(isKnown && isTimeout(timeoutMs), `timeouts.${name} must be milliseconds for a tool of the agent`)
  }
  return tools.map((tool) => ({ ...tool, timeoutMs: timeouts[tool.name] ?? tool.timeoutMs }))
}
