/** Agents that work for an agent: how they are declared, and the tools as which the model sees them. */

import { z } from 'zod'
import { came, requireFields, requireThat } from '../../core/definition.js'
import type { Json } from '../../core/json.js'
import type { Message } from '../../core/message.js'
import type { ToolContext } from '../../core/tool.js'
import type { Agent } from '../agent.js'
import { permits } from '../guard/vet.js'
import { type AnyTool, changesWorld, defineTool } from '../tool.js'

export interface Subagent {
  readonly agent: Agent<any>
  /** What the model is told of it. */
  readonly description: string
  /** Tokens it may take of its parent's budget; at most, and by default, an equal share of what is left. */
  readonly tokens?: number
  /** Which turns of the conversation it is shown, whole: a call never parts from its result. Default: none. */
  readonly shows?: (turn: readonly Message[]) => boolean
}
export type Subagents = Readonly<Record<string, Subagent>>

/** An agent that works for one that works for one that works for the first: nothing deeper. */
const maxDepth = 3

/** What `execute` of such a tool is given beside the rest. */
export interface Delegation extends ToolContext {
  readonly delegate: (task: string) => Promise<Json>
}

/** Throws a `config` error for a team that is deeper than 3, or of no agents. */
export function subagentTools(subagents: Subagents = {}): readonly AnyTool[] {
  const tools = Object.entries(subagents).map(([name, subagent]) => toolFor(name, subagent))
  const isFlat = tools.every((tool) => depthOf(tool) <= maxDepth)
  const problem = `subagents of subagents go deeper than ${maxDepth}`
  requireThat(isFlat, problem, 'let fewer agents stand between the first and the last')
  return tools
}

const schemas = { input: z.strictObject({ task: z.string().min(1) }), output: z.strictObject({ answer: z.string() }) }
const depthOf = ({ subagent }: AnyTool): number =>
  subagent ? 1 + Math.max(0, ...subagent.agent.tools.map(depthOf)) : 0

function toolFor(name: string, subagent: Subagent): AnyTool {
  const isWhole = typeof subagent?.agent?.name === 'string' && typeof subagent.description === 'string'
  const missing = `the subagent ${name} needs an agent and a description`
  requireThat(isWhole, missing, 'subagents: { <name>: { agent, description } }')
  requireFields('config', `the subagent ${name}`, subagent, ['agent', 'description', 'tokens', 'shows'])
  const { tokens = 0 } = subagent
  const problem = `tokens of the subagent ${name} must be a whole number from 0, not ${came(tokens)}`
  requireThat(Number.isSafeInteger(tokens) && tokens >= 0, problem, 'correct it, or leave it out for an equal share')
  const tool = defineTool({
    name,
    description: subagent.description,
    effect: subagent.agent.tools.some(changesWorld) ? 'write' : 'read',
    ...schemas,
    execute: ({ task }: { task: string }, context: ToolContext) => (context as Delegation).delegate(task),
  } as never) as AnyTool
  return { subagent, ...tool }
}

/** The rights of a child: its own, and of those only what its parent has. What is built in comes with its own field. */
export function narrowed({ agent }: Subagent, parent: Agent<unknown>): Agent<any> {
  const { grants } = parent
  if (!grants) return agent
  const allowed = (tool: AnyTool) => (input: Json) =>
    (isBuiltIn(tool) || permits(grants[tool.name], input)) && (!agent.grants || permits(agent.grants[tool.name], input))
  return { ...agent, grants: Object.fromEntries(agent.tools.map((tool) => [tool.name, allowed(tool)])) }
}

const builtIn = new Set(['ask_user', 'hand_off', 'submit_plan', 'recall'])
export const isBuiltIn = (tool: AnyTool): boolean => tool.subagent !== undefined || builtIn.has(tool.name)
