/** Messages and tools of LangChain in canonical words. */

import type { Message, ToolResult } from '../core/message.js'
import type { ToolSpec } from '../core/tool.js'

export interface LangChainMessage {
  getType(): string
  readonly text: string
  readonly name?: string
  readonly tool_calls?: readonly { readonly id?: string; readonly name: string; readonly args: unknown }[]
  readonly tool_call_id?: string
  readonly status?: 'success' | 'error'
}

/** Puts a message behind those before it: results that follow each other are one message here. */
export function messageOf(messages: readonly Message[], message: LangChainMessage): readonly Message[] {
  const { text } = message
  switch (message.getType()) {
    case 'system':
    case 'developer':
      return [...messages, { role: 'system', text }]
    case 'ai': {
      const calls = (message.tool_calls ?? []).map(({ id = '', name, args }) => ({
        id,
        tool: name,
        arguments: JSON.stringify(args),
      }))
      return [...messages, { role: 'assistant', text, calls }]
    }
    case 'tool': {
      const last = messages.at(-1)
      const outcome = message.status === 'error' ? 'failed' : 'ok'
      const result: ToolResult = { id: message.tool_call_id ?? '', tool: message.name ?? '', content: text, outcome }
      if (last?.role !== 'tool') return [...messages, { role: 'tool', results: [result] }]
      return [...messages.slice(0, -1), { role: 'tool', results: [...last.results, result] }]
    }
    default:
      return [...messages, { role: 'user', text }]
  }
}

interface LangChainTool {
  readonly name?: string
  readonly description?: string
  readonly schema?: unknown
  /** As providers want it, which is allowed too. */
  readonly function?: { readonly name?: string; readonly description?: string; readonly parameters?: unknown }
}

export function specOf(tool: unknown): ToolSpec {
  const { name, description, schema, function: wired } = tool as LangChainTool
  return {
    name: wired?.name ?? name ?? '',
    description: wired?.description ?? description ?? '',
    inputSchema: wired?.parameters ?? jsonSchemaOf(schema),
  }
}

/** A schema of zod 4 tells its JSON Schema; one of an older zod tells none, and anything goes. */
function jsonSchemaOf(schema: unknown): unknown {
  const { toJSONSchema, parse } = (schema ?? {}) as { toJSONSchema?: (options: object) => unknown; parse?: unknown }
  if (typeof toJSONSchema === 'function') return toJSONSchema({ io: 'input' })
  return typeof schema === 'object' && parse === undefined ? schema : { type: 'object' }
}
