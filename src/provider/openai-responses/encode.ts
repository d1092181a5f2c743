/** Writes a Responses answer. */

import type { ProposedCall } from '../../core/message.js'
import type { ModelAnswer, StopReason } from '../../core/model.js'
import type { EncodeContext, Reply, StoredItem, WireAnswer } from '../codec.js'
import { encodeOpenaiError, openaiHeaders } from '../openai-envelope.js'
import { wireId } from '../wire-id.js'

export function encodeResponses(reply: Reply, context: EncodeContext): WireAnswer {
  if (reply.kind === 'error') return encodeOpenaiError('openai-responses', reply, context)
  const { answer } = reply
  return {
    status: 200,
    headers: openaiHeaders(context, answer.usage),
    body: JSON.stringify(responseOf(answer, context)),
  }
}

export function responseOf(answer: ModelAnswer, context: EncodeContext) {
  const { inputTokens, outputTokens } = answer.usage
  const cut = cutReasons[answer.stop] ?? null
  return {
    id: `resp_${wireId(context.id)}`,
    object: 'response',
    created_at: context.createdAt,
    status: statusOf(answer),
    background: false,
    error: null,
    incomplete_details: cut === null ? null : { reason: cut },
    instructions: null,
    max_output_tokens: null,
    model: context.model,
    output: outputOf(answer, context),
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens,
    },
    user: null,
    metadata: {},
  }
}

const cutReasons: Partial<Record<StopReason, string>> = {
  length: 'max_output_tokens',
  'context-exceeded': 'max_output_tokens',
  'content-filter': 'content_filter',
}

const statusOf = (answer: ModelAnswer) => (cutReasons[answer.stop] === undefined ? 'completed' : 'incomplete')

/** The items of an answer under the ids they have on the wire. */
export function itemsOfResponse(
  answer: ModelAnswer,
  context: EncodeContext,
): readonly (readonly [string, StoredItem])[] {
  const name = wireId(context.id)
  const items: (readonly [string, StoredItem])[] = answer.calls.map((call, index) => [callId(name, index), { call }])
  if (hasMessage(answer)) items.push([messageId(name), { text: answer.text }])
  return items
}

const messageId = (name: string): string => `msg_${name}`
const callId = (name: string, index: number): string => `fc_${name}${index.toString(16).padStart(2, '0')}`

/** An answer of calls alone has no message item. */
export const hasMessage = (answer: ModelAnswer): boolean => answer.text !== '' || answer.calls.length === 0

function outputOf(answer: ModelAnswer, context: EncodeContext): readonly object[] {
  const calls = answer.calls.map((_, index) => callItem(answer, context, index))
  return hasMessage(answer) ? [messageItem(answer, context), ...calls] : calls
}

export const messageItem = (answer: ModelAnswer, context: EncodeContext) => ({
  id: messageId(wireId(context.id)),
  type: 'message',
  status: itemStatus(answer, answer.calls.length === 0),
  content: [contentPart(answer, answer.text)],
  role: 'assistant',
})

export const contentPart = (answer: ModelAnswer, text: string): object =>
  answer.stop === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', annotations: [], logprobs: [], text }

export function callItem(answer: ModelAnswer, context: EncodeContext, index: number) {
  const call = answer.calls[index] as ProposedCall
  return {
    id: callId(wireId(context.id), index),
    type: 'function_call',
    status: itemStatus(answer, index === answer.calls.length - 1),
    arguments: call.arguments,
    call_id: call.id,
    name: call.tool,
  }
}

/** What was cut short is the last item alone. */
const itemStatus = (answer: ModelAnswer, isLast: boolean): string => (isLast ? statusOf(answer) : 'completed')
