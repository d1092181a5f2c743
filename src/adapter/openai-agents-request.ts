/** What the OpenAI Agents SDK asks of a model, in canonical words. */

import type { Message, ToolResult } from '../core/message.js'
import type { ToolSpec } from '../core/tool.js'
import type { ScriptedQuestion } from '../platform/chat-wire-scripted.js'

export interface AgentsRequest {
  readonly systemInstructions?: string
  readonly input: string | readonly Item[]
  readonly tools: readonly {
    readonly type: string
    readonly name: string
    readonly description?: string
    readonly parameters?: unknown
  }[]
  readonly handoffs?: readonly {
    readonly toolName: string
    readonly toolDescription: string
    readonly inputJsonSchema: unknown
  }[]
  readonly modelSettings?: { readonly toolChoice?: string }
  readonly signal?: AbortSignal
}

/** The items that mean something to the scripted model; others (reasoning, hosted tools) are left out. */
type Item =
  | {
      readonly type?: 'message'
      readonly role: 'system' | 'user' | 'assistant'
      readonly content: string | readonly Part[]
    }
  | { readonly type: 'function_call'; readonly callId: string; readonly name: string; readonly arguments: string }
  | {
      readonly type: 'function_call_result'
      readonly callId: string
      readonly name: string
      readonly output: string | Part | readonly Part[]
    }
  | { readonly type: 'reasoning' }

interface Part {
  readonly type: string
  readonly text?: string
  readonly refusal?: string
}

export function questionOf({
  systemInstructions,
  input,
  tools,
  handoffs = [],
  modelSettings,
  signal,
}: AgentsRequest): ScriptedQuestion {
  const messages = typeof input === 'string' ? [{ role: 'user' as const, text: input }] : messagesOf(input)
  const functions = tools.flatMap(({ type, name, description = '', parameters = {} }): ToolSpec[] =>
    type === 'function' ? [{ name, description, inputSchema: parameters }] : [],
  )
  const others = handoffs.map(({ toolName, toolDescription, inputJsonSchema }) => ({
    name: toolName,
    description: toolDescription,
    inputSchema: inputJsonSchema,
  }))
  return {
    messages: systemInstructions ? [{ role: 'system', text: systemInstructions }, ...messages] : messages,
    tools: modelSettings?.toolChoice === 'none' ? [] : [...functions, ...others],
    signal,
  }
}

/** Text and calls of one answer are items of their own there, and so are results: those that follow each other are one message here. */
function messagesOf(items: readonly Item[]): readonly Message[] {
  const messages: Message[] = []
  for (const item of items) {
    const last = messages.at(-1)
    if ('role' in item) {
      const text = textOf(item.content)
      messages.push(item.role === 'assistant' ? { role: item.role, text, calls: [] } : { role: item.role, text })
    } else if (item.type === 'function_call') {
      const call = { id: item.callId, tool: item.name, arguments: item.arguments }
      if (last?.role !== 'assistant') messages.push({ role: 'assistant', text: '', calls: [call] })
      else messages[messages.length - 1] = { ...last, calls: [...last.calls, call] }
    } else if (item.type === 'function_call_result') {
      const result: ToolResult = { id: item.callId, tool: item.name, content: textOf(item.output), outcome: 'ok' }
      if (last?.role !== 'tool') messages.push({ role: 'tool', results: [result] })
      else messages[messages.length - 1] = { ...last, results: [...last.results, result] }
    }
  }
  return messages
}

function textOf(content: string | Part | readonly Part[]): string {
  if (typeof content === 'string') return content
  const parts: readonly Part[] = 'type' in content ? [content] : content
  return parts.map(({ type, text, refusal }) => text ?? refusal ?? `[${type}]`).join('\n')
}
