/** Writes a Chat Completions answer. */

import type { ModelAnswer, StopReason, Usage } from '../../core/model.js'
import type { EncodeContext, Reply, WireAnswer } from '../codec.js'
import { encodeOpenaiError, openaiHeaders } from '../openai-envelope.js'
import { wireId } from '../wire-id.js'

export const finishReasons: Record<StopReason, string> = {
  stop: 'stop',
  'tool-calls': 'tool_calls',
  length: 'length',
  'content-filter': 'content_filter',
  refusal: 'stop',
  // It has no words for these.
  pause: 'stop',
  'context-exceeded': 'length',
  other: 'stop',
}

export function encodeChat(reply: Reply, context: EncodeContext): WireAnswer {
  if (reply.kind === 'error') return encodeOpenaiError('openai-chat', reply, context)
  const { usage } = reply.answer
  const body = {
    id: chatId(context),
    object: 'chat.completion',
    created: context.createdAt,
    model: context.model,
    choices: [
      { index: 0, message: messageOf(reply.answer), logprobs: null, finish_reason: finishReasons[reply.answer.stop] },
    ],
    usage: usageOf(usage),
    service_tier: 'default',
    system_fingerprint: null,
  }
  return { status: 200, headers: openaiHeaders(context, usage), body: JSON.stringify(body) }
}

export const chatId = (context: EncodeContext): string => `chatcmpl-${wireId(context.id)}`

export const usageOf = ({ inputTokens, outputTokens }: Usage): object => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
})

function messageOf(answer: ModelAnswer): object {
  const refused = answer.stop === 'refusal'
  const silent = answer.text === '' && answer.calls.length > 0
  return {
    role: 'assistant',
    content: refused || silent ? null : answer.text,
    ...(answer.calls.length > 0 && {
      tool_calls: answer.calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.tool, arguments: call.arguments },
      })),
    }),
    refusal: refused ? answer.text : null,
    annotations: [],
  }
}
