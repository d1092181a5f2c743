/** Chat Completions on the wire: our messages and tools as a request, a response as our answer. */

import type { Json } from '../core/json.js'
import type { Message, ProposedCall } from '../core/message.js'
import type { ModelAnswer, ModelRequest, StopReason, Usage } from '../core/model.js'
import { badResponse } from '../core/model-refusal.js'

export interface ChatBody {
  readonly model: string
  readonly messages: readonly object[]
  readonly [field: string]: unknown
}

/** `limit` is the field that bounds the answer; `extra` goes in as it is, and cannot replace what the request says. */
export function chatBody(
  {
    messages,
    tools,
    maxOutputTokens,
    onPartial,
  }: Pick<ModelRequest, 'messages' | 'tools' | 'maxOutputTokens' | 'onPartial'>,
  { model, limit, extra }: { model: string; limit: string; extra: Readonly<Record<string, Json>> },
): ChatBody {
  const offered = tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  }))
  return {
    ...extra,
    model,
    messages: messages.flatMap(wireMessages),
    ...(offered.length > 0 && { tools: offered, tool_choice: 'auto' }),
    ...(maxOutputTokens !== undefined && { [limit]: maxOutputTokens }),
    ...(onPartial && { stream: true, stream_options: { include_usage: true } }),
  }
}

function wireMessages(message: Message): readonly object[] {
  if (message.role === 'tool') {
    return message.results.map(({ id, content }) => ({ role: 'tool', tool_call_id: id, content }))
  }
  if (message.role !== 'assistant') return [{ role: message.role, content: message.text }]
  const calls = message.calls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.tool, arguments: call.arguments },
  }))
  if (calls.length === 0) return [{ role: 'assistant', content: message.text }]
  return [{ role: 'assistant', content: message.text === '' ? null : message.text, tool_calls: calls }]
}

export const stops: Readonly<Record<string, StopReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  content_filter: 'content-filter',
}

/** Throws a `bad-response` error for what is no answer. What a tool call says is taken as it is: the runtime judges it. */
export function chatAnswer(body: unknown): ModelAnswer {
  const choice = items(fieldOf(body, 'choices'))[0]
  const message = fieldOf(choice, 'message')
  if (typeof message !== 'object' || message === null) throw badResponse('no message')
  const refusal = fieldOf(message, 'refusal')
  const isRefusal = typeof refusal === 'string' && refusal !== ''
  return {
    text: isRefusal ? refusal : textOf(fieldOf(message, 'content')),
    calls: items(fieldOf(message, 'tool_calls')).map(callOf),
    stop: isRefusal ? 'refusal' : (stops[String(fieldOf(choice, 'finish_reason'))] ?? 'other'),
    usage: usageOf(fieldOf(body, 'usage')),
  }
}

export const usageOf = (usage: unknown): Usage => ({
  inputTokens: countOf(fieldOf(usage, 'prompt_tokens')),
  outputTokens: countOf(fieldOf(usage, 'completion_tokens')),
})

/** The codes of an error body, also of one that came with status 200, and what it said. */
export function errorIn(body: unknown): { readonly codes: readonly unknown[]; readonly cause: unknown } | undefined {
  const error = fieldOf(body, 'error')
  if (typeof error !== 'object' || error === null) return undefined
  return { codes: [fieldOf(error, 'code'), fieldOf(error, 'type')], cause: fieldOf(error, 'message') }
}

function callOf(value: unknown): ProposedCall {
  const called = fieldOf(value, 'function')
  const name = fieldOf(called, 'name')
  if (typeof name !== 'string') throw badResponse('a call of nothing')
  const [id, given] = [fieldOf(value, 'id'), fieldOf(called, 'arguments')]
  // Some servers send the arguments as the object itself.
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? {})
  return { id: typeof id === 'string' ? id : '', tool: name, arguments: text }
}

function textOf(content: unknown): string {
  if (content === null || content === undefined) return ''
  if (typeof content === 'string') return content
  return items(content)
    .map((part) => fieldOf(part, 'text'))
    .filter((text) => typeof text === 'string')
    .join('')
}

export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const countOf = (value: unknown): number => (Number.isSafeInteger(value) && (value as number) >= 0 ? Number(value) : 0)

export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
