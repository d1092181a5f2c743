/** Any tool as a `TakenTool`: by its shape, so that no SDK is ever imported. */

import { came } from '../../core/definition.js'
import { StormproofError } from '../../core/error.js'
import { aiSdkTool } from './ai-sdk.js'
import { langchainTool } from './langchain.js'
import { takenFromMcp } from './mcp.js'
import { openaiAgentsTool } from './openai-agents.js'
import { ownTool } from './own-tool.js'
import { plainTool } from './plain-tool.js'
import type { TakenTool } from './taken-tool.js'
import type { Taker } from './taker.js'

/** The first that knows the shape takes it: the plainest comes last. */
const takers: readonly Taker[] = [takenFromMcp, ownTool, openaiAgentsTool, langchainTool, aiSdkTool, plainTool]

/** Throws a `config` error for what is no tool, and for a tool without a schema. */
export function takeTool(given: unknown, name: string): TakenTool {
  if (isObject(given)) {
    for (const take of takers) {
      const taken = take(given, name)
      if (taken) return taken
    }
  }
  throw new StormproofError('config', `${name} is no tool that is known here, but ${came(given)}`, {
    remedy:
      'give a tool of the AI SDK, OpenAI Agents, LangChain or defineTool, one of mcpTools(client), or { input: schema, execute }',
  })
}

const works = ['execute', 'handler', 'run', 'func', 'invoke']

/** It has what could be called, whether or not it can be judged. */
export const looksLikeTool = (value: unknown): boolean =>
  isObject(value) && works.some((name) => typeof value[name] === 'function')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
