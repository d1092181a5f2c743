/** A shop's agent with more declared about it and its tools, and what is looked at in its log. */

import { type Agent, defineAgent } from '../../src/agent/agent.js'
import type { AnyTool } from '../../src/agent/tool.js'
import { ToolFailure } from '../../src/core/tool.js'
import type { World } from '../unit/agent/small-world.js'

export type Options = Omit<Parameters<typeof defineAgent>[0], 'name' | 'instructions' | 'tools'>

export const agentWith = (tools: readonly AnyTool[], options: Options = {}): Agent<any> =>
  defineAgent({ name: 'shop', instructions: 'be good', ...options, tools })

/** A shop's tool with more declared about it. */
export const bounded = (tool: AnyTool, more: Partial<AnyTool>): AnyTool => ({ ...tool, ...more })

export const later = (afterMs?: number) => new ToolFailure('away', afterMs === undefined ? {} : { afterMs })
export const never = () => new ToolFailure('no such account', { retry: 'never' })

/** Nothing happens before that time of the world. */
export const idle = (world: World, ms: number): AnyTool =>
  bounded(world.tool('idle', { answer: () => ms }), { timeoutMs: ms * 2 })

export const contents = async (world: World): Promise<string[]> =>
  (await world.logged('batch-commit')).flatMap(({ results }) => results.map(({ content }) => content))
