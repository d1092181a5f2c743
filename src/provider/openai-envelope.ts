/** What both OpenAI formats share: headers and error bodies. */

import type { Usage } from '../core/model.js'
import type { EncodeContext, ErrorReply, Profile, WireAnswer } from './codec.js'
import { proxyPage, retryHeaders, wordError } from './error-text.js'
import { wireId } from './wire-id.js'

const requestsPerMinute = 500
const tokensPerMinute = 10_000

/** Headers of a 200. */
export function openaiHeaders(context: EncodeContext, usage: Usage): Record<string, string> {
  const usedTokens = usage.inputTokens + usage.outputTokens
  return headersOf(context, {
    requests: requestsPerMinute - 1,
    requestsMs: Math.ceil(60_000 / requestsPerMinute),
    tokens: Math.max(0, tokensPerMinute - usedTokens),
    tokensMs: Math.ceil((usedTokens * 60_000) / tokensPerMinute),
  })
}

export function encodeOpenaiError(profile: Profile, reply: ErrorReply, context: EncodeContext): WireAnswer {
  const { row, text, waitSeconds } = wordError(profile, reply, context)
  if (row.html) {
    const headers = { 'content-type': 'text/html', server: 'cloudflare', ...retryHeaders(reply) }
    return { status: row.status, headers, body: proxyPage(text) }
  }
  const limited = row.code === 'rate_limit_exceeded'
  const headers = headersOf(context, {
    requests: requestsPerMinute - 1,
    requestsMs: Math.ceil(60_000 / requestsPerMinute),
    tokens: limited ? 1218 : tokensPerMinute,
    tokensMs: limited ? Math.round(waitSeconds * 1000) : 0,
  })
  const param = reply.param === undefined ? (row.param ?? null) : reply.param
  const code = reply.code === undefined ? (row.code ?? null) : reply.code
  const body = JSON.stringify({ error: { message: text, type: row.type, param, code } })
  return { status: row.status, headers: { ...headers, ...retryHeaders(reply) }, body }
}

interface Remaining {
  readonly requests: number
  readonly requestsMs: number
  readonly tokens: number
  readonly tokensMs: number
}

function headersOf(context: EncodeContext, remaining: Remaining): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-request-id': `req_${wireId(context.id)}`,
    'openai-organization': 'org-stormproof',
    'openai-version': '2020-10-01',
    'x-ratelimit-limit-requests': String(requestsPerMinute),
    'x-ratelimit-limit-tokens': String(tokensPerMinute),
    'x-ratelimit-remaining-requests': String(remaining.requests),
    'x-ratelimit-remaining-tokens': String(remaining.tokens),
    'x-ratelimit-reset-requests': goDuration(remaining.requestsMs),
    'x-ratelimit-reset-tokens': goDuration(remaining.tokensMs),
  }
}

/** Milliseconds as Go prints a duration: `120ms`, `41.724s`, `6m0s`. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s'
  if (ms < 1000) return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = `${(ms % 60_000) / 1000}s`
  if (minutes === 0) return seconds
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`
}

/** What comes instead of the rest of a stream when the provider fails after it has said 200. */
export const openaiStreamFailure = {
  message: 'The server had an error while processing your request. Sorry about that!',
  type: 'server_error',
  param: null,
  code: null,
} as const
