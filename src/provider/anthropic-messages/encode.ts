/** Writes an Anthropic Messages answer. */

import type { ModelAnswer, StopReason, Usage } from '../../core/model.js'
import type { EncodeContext, ErrorReply, Reply, WireAnswer } from '../codec.js'
import { proxyPage, retryHeaders, wordError } from '../error-text.js'
import { wireId } from '../wire-id.js'
import { toolInput } from './tool-input.js'

const stopReasons: Record<StopReason, string> = {
  stop: 'end_turn',
  'tool-calls': 'tool_use',
  length: 'max_tokens',
  'content-filter': 'refusal',
  refusal: 'refusal',
  pause: 'pause_turn',
  'context-exceeded': 'model_context_window_exceeded',
  other: 'stop_sequence',
}

export function encodeAnthropic(reply: Reply, context: EncodeContext): WireAnswer {
  if (reply.kind === 'error') return encodeError(reply, context)
  const { answer } = reply
  return { status: 200, headers: headersOf(context, answer.usage), body: JSON.stringify(messageOf(answer, context)) }
}

export function messageOf(answer: ModelAnswer, context: EncodeContext) {
  const stop = stopReasons[answer.stop]
  return {
    id: `msg_${wireId(context.id)}`,
    type: 'message',
    role: 'assistant',
    model: context.model,
    content: contentOf(answer),
    stop_reason: stop,
    stop_sequence: null,
    stop_details: stop === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null,
    usage: usageOf(answer.usage),
  }
}

export const usageOf = (usage: Usage) => ({
  input_tokens: usage.inputTokens,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: usage.outputTokens,
  service_tier: 'standard',
})

/** An empty answer has no block at all. */
function contentOf(answer: ModelAnswer): readonly object[] {
  const content: object[] = answer.text === '' ? [] : [{ type: 'text', text: answer.text }]
  for (const call of answer.calls) {
    content.push({ type: 'tool_use', id: call.id, name: call.tool, input: toolInput(call.arguments) })
  }
  return content
}

const unused: Usage = { inputTokens: 0, outputTokens: 0 }

function encodeError(reply: ErrorReply, context: EncodeContext): WireAnswer {
  const { row, text, waitSeconds } = wordError('anthropic-messages', reply, context)
  if (row.html) {
    const headers = { 'content-type': 'text/html', server: 'cloudflare', ...retryHeaders(reply) }
    return { status: row.status, headers, body: proxyPage(text) }
  }
  const limited = row.type === 'rate_limit_error'
  const headers = headersOf(context, unused, limited ? waitSeconds : undefined)
  const details = row.detail === undefined ? undefined : { error_code: row.detail }
  const body = JSON.stringify({
    type: 'error',
    error: { type: row.type, message: text, details },
    request_id: headers['request-id'],
  })
  return { status: row.status, headers: { ...headers, ...retryHeaders(reply) }, body }
}

const perMinute = { requests: 50, 'input-tokens': 30_000, 'output-tokens': 8_000, tokens: 38_000 } as const

/** Headers of a 200. */
export const anthropicHeaders = (context: EncodeContext, usage: Usage): Record<string, string> =>
  headersOf(context, usage)

/** With `exhaustedFor` seconds the tokens are used up until then. */
function headersOf(context: EncodeContext, usage: Usage, exhaustedFor?: number): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'request-id': `req_${wireId(context.id)}`,
    'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
  }
  const total = usage.inputTokens + usage.outputTokens
  addLimit(headers, 'requests', 1, context.createdAt, undefined)
  addLimit(headers, 'tokens', total, context.createdAt, exhaustedFor)
  addLimit(headers, 'input-tokens', usage.inputTokens, context.createdAt, exhaustedFor)
  addLimit(headers, 'output-tokens', usage.outputTokens, context.createdAt, exhaustedFor)
  return headers
}

function addLimit(
  headers: Record<string, string>,
  name: keyof typeof perMinute,
  used: number,
  now: number,
  exhaustedFor: number | undefined,
): void {
  const limit = perMinute[name]
  const left = exhaustedFor === undefined ? Math.max(0, limit - used) : 0
  const seconds = Math.ceil(exhaustedFor ?? (used * 60) / limit)
  headers[`anthropic-ratelimit-${name}-limit`] = String(limit)
  // Tokens are told to the nearest thousand.
  headers[`anthropic-ratelimit-${name}-remaining`] = String(name === 'requests' ? left : Math.round(left / 1000) * 1000)
  headers[`anthropic-ratelimit-${name}-reset`] = rfc3339(now + seconds)
}

const rfc3339 = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
