/** Tools and runs for tests of what tools may declare: reads and writes on a small world, and requests with everything a caller may give. */

import { z } from 'zod'
import type { Agent } from '../../../src/agent/agent.js'
import { type RunRequest, type RunResult, runSession } from '../../../src/agent/run-session.js'
import { type AnyTool, defineTool, type ToolOptions } from '../../../src/agent/tool.js'
import { hash32 } from '../../../src/core/digest.js'
import type { Model, ModelAnswer } from '../../../src/core/model.js'
import type { Idempotency, ToolContext } from '../../../src/core/tool.js'
import type { World } from './small-world.js'

/** What happened at the shop, in order: `start charge A`, `end charge A`. */
export type Diary = string[]

export interface ShopTool extends ToolOptions<{ id: string }> {
  effect?: 'read' | 'write'
  idempotency?: Idempotency
  timeoutMs?: number
  /** Milliseconds an answer takes, what it is, or what is thrown instead; by attempt. */
  takes?: number
  answer?: (input: { id: string }, context: ToolContext) => unknown
}

/** A tool that notes when it starts and ends. Its output is any JSON value. */
export function shopTool(world: World, diary: Diary, name: string, options: ShopTool = {}): AnyTool {
  const { effect = 'read', takes = 100, answer = ({ id }) => `${name} ${id}`, ...rest } = options
  return defineTool({
    name,
    description: name,
    input: z.strictObject({ id: z.string(), after: z.array(z.string()).optional() }),
    output: z.json(),
    effect,
    ...rest,
    execute: (input: { id: string }, context: ToolContext) => {
      diary.push(`start ${name} ${input.id}`)
      const effectOf = (): unknown => {
        const value = answer(input, context)
        diary.push(`end ${name} ${input.id}`)
        return value
      }
      const done = async (): Promise<unknown> => {
        await world.wait(takes)
        return effect === 'read' ? effectOf() : world.apply(name, input, context.key, effectOf)
      }
      return world.operate(0, done, () => new Error('connection lost'))
    },
  } as never) as AnyTool
}

/** A run with everything a caller may ask for. */
export function runWith(
  world: World,
  agent: Agent<any>,
  model: Model,
  request: Partial<RunRequest> = {},
): Promise<RunResult | 'dead'> {
  const ports = {
    clock: world.clock(),
    random: { below: (label: string, bound: number) => hash32(label) % bound },
    store: world.storePort(),
    model,
  }
  return world.settle(runSession(agent, { session: 's1', prompt: 'go', ...request }, ports as never))
}

/** `propose(['charge', { id: 'A' }], …)`. */
export const propose = (...proposed: [tool: string, input: unknown][]): ModelAnswer => ({
  text: '',
  calls: proposed.map(([tool, input], index) => ({
    id: `p${index}`,
    tool,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
  })),
  stop: 'tool-calls',
  usage: { inputTokens: 10, outputTokens: 5 },
})
