import { describe, expect, test } from 'vitest'
import type { ModelAnswer, StopReason } from '../../../src/core/model.js'
import { toolInput } from '../../../src/provider/anthropic-messages/tool-input.js'
import type { ErrorReply, ProviderError, Reply } from '../../../src/provider/codec.js'
import { codecs } from '../../../src/provider/codecs.js'
import { goDuration } from '../../../src/provider/openai-envelope.js'

const [chat, responses, anthropic] = codecs as [(typeof codecs)[0], (typeof codecs)[0], (typeof codecs)[0]]
const context = { id: 'support/t1/a1', createdAt: 1_767_225_600, model: 'm-1' }
const answer = (part: Partial<ModelAnswer> = {}): Reply => ({
  kind: 'answer',
  answer: {
    text: 'Looking.',
    calls: [{ id: 'c1', tool: 'find', arguments: '{"order":1}' }],
    stop: 'tool-calls',
    usage: { inputTokens: 1200, outputTokens: 34 },
    ...part,
  },
})
const body = (codec: (typeof codecs)[0], reply: Reply) => JSON.parse(codec.encode(reply, context).body)

describe('Anthropic answers', () => {
  test('with blocks, stop reason, usage and limits', () => {
    const encoded = anthropic.encode(answer(), context)
    expect({ ...encoded, body: JSON.parse(encoded.body) }).toMatchInlineSnapshot(`
      {
        "body": {
          "content": [
            {
              "text": "Looking.",
              "type": "text",
            },
            {
              "id": "c1",
              "input": {
                "order": 1,
              },
              "name": "find",
              "type": "tool_use",
            },
          ],
          "id": "msg_a3a04b687f13b072",
          "model": "m-1",
          "role": "assistant",
          "stop_details": null,
          "stop_reason": "tool_use",
          "stop_sequence": null,
          "type": "message",
          "usage": {
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "input_tokens": 1200,
            "output_tokens": 34,
            "service_tier": "standard",
          },
        },
        "headers": {
          "anthropic-organization-id": "00000000-0000-4000-8000-000000000000",
          "anthropic-ratelimit-input-tokens-limit": "30000",
          "anthropic-ratelimit-input-tokens-remaining": "29000",
          "anthropic-ratelimit-input-tokens-reset": "2026-01-01T00:00:03Z",
          "anthropic-ratelimit-output-tokens-limit": "8000",
          "anthropic-ratelimit-output-tokens-remaining": "8000",
          "anthropic-ratelimit-output-tokens-reset": "2026-01-01T00:00:01Z",
          "anthropic-ratelimit-requests-limit": "50",
          "anthropic-ratelimit-requests-remaining": "49",
          "anthropic-ratelimit-requests-reset": "2026-01-01T00:00:02Z",
          "anthropic-ratelimit-tokens-limit": "38000",
          "anthropic-ratelimit-tokens-remaining": "37000",
          "anthropic-ratelimit-tokens-reset": "2026-01-01T00:00:02Z",
          "content-type": "application/json",
          "request-id": "req_a3a04b687f13b072",
        },
        "status": 200,
      }
    `)
  })

  test.each<[StopReason, string]>([
    ['stop', 'end_turn'],
    ['tool-calls', 'tool_use'],
    ['length', 'max_tokens'],
    ['refusal', 'refusal'],
    ['pause', 'pause_turn'],
    ['context-exceeded', 'model_context_window_exceeded'],
  ])('says %s as %s', (stop, reason) => {
    expect(body(anthropic, answer({ stop })).stop_reason).toBe(reason)
  })

  test('with no block when there is nothing to say', () => {
    expect(body(anthropic, answer({ text: '', calls: [], stop: 'stop' })).content).toEqual([])
  })

  test.each<[string, unknown]>([
    ['{"amount": 100, "to": "bo', { amount: 100 }],
    ['{"amount": 100, "memo": "tra', { amount: 100 }],
    ['{"amount": 10', {}],
    ['{"confirm": tr', {}],
    ['{"items":[{"id":1},{"id"', { items: [{ id: 1 }, {}] }],
    ['', {}],
    ['not json [at all]', {}],
    ['{"a":"}\\"]"}{"b":2}', { a: '}"]' }],
    ['{"memo":"a}', {}],
    ['null', null],
  ])('carrying what is whole of the arguments %j', (text, input) => {
    expect(toolInput(text)).toEqual(input)
  })
})

describe('OpenAI answers', () => {
  test('of calls alone have null content in chat and no message item in Responses', () => {
    const reply = answer({ text: '' })
    expect(body(chat, reply).choices[0].message.content).toBeNull()
    expect(body(responses, reply).output.map((item: { type: string }) => item.type)).toEqual(['function_call'])
  })

  test('keep malformed arguments as they are', () => {
    const reply = answer({ calls: [{ id: 'c1', tool: 'find', arguments: '{"order' }], stop: 'length' })
    expect(body(chat, reply).choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { tool_calls: [{ function: { arguments: '{"order' } }] },
    })
    expect(body(responses, reply)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'completed' }, { status: 'incomplete', arguments: '{"order' }],
    })
  })

  test('refuse in the field for refusals', () => {
    const reply = answer({ text: 'I cannot.', calls: [], stop: 'refusal' })
    expect(body(chat, reply).choices[0].message).toMatchObject({ content: null, refusal: 'I cannot.' })
    expect(body(responses, reply).output[0].content).toEqual([{ type: 'refusal', refusal: 'I cannot.' }])
  })

  test('name under which ids Responses stores their items', () => {
    const reply = answer()
    const ids = body(responses, reply).output.map((item: { id: string }) => item.id)
    const stored = reply.kind === 'answer' ? responses.items!(reply.answer, context) : []
    expect(new Map(stored).get(ids[0])).toEqual({ text: 'Looking.' })
    expect(new Map(stored).get(ids[1])).toMatchObject({ call: { id: 'c1' } })
  })
})

const error = (kind: ProviderError, more: Partial<ErrorReply> = {}): ErrorReply => ({
  kind: 'error',
  error: kind,
  ...more,
})

describe('errors', () => {
  test.each<[ProviderError, number, number, string, string | null, string]>([
    ['rate-limited', 429, 429, 'tokens', 'rate_limit_exceeded', 'rate_limit_error'],
    ['quota', 429, 429, 'insufficient_quota', 'insufficient_quota', 'rate_limit_error'],
    ['overloaded', 503, 529, 'server_error', null, 'overloaded_error'],
    ['server-error', 500, 500, 'server_error', null, 'api_error'],
    ['unavailable', 503, 503, 'server_error', null, 'api_error'],
    ['authentication', 401, 401, 'invalid_request_error', 'invalid_api_key', 'authentication_error'],
    ['permission', 403, 403, 'invalid_request_error', 'model_not_found', 'permission_error'],
    ['not-found', 404, 404, 'invalid_request_error', 'model_not_found', 'not_found_error'],
    ['context-length', 400, 400, 'invalid_request_error', 'context_length_exceeded', 'invalid_request_error'],
    ['invalid-request', 400, 400, 'invalid_request_error', null, 'invalid_request_error'],
  ])('%s has the status and type of its provider', (kind, openaiStatus, anthropicStatus, type, code, anthropicType) => {
    for (const codec of [chat, responses]) {
      expect(codec.encode(error(kind), context).status).toBe(openaiStatus)
      expect(body(codec, error(kind)).error).toMatchObject({ type, code, message: expect.any(String) })
    }
    const encoded = anthropic.encode(error(kind), context)
    expect(encoded.status).toBe(anthropicStatus)
    expect(JSON.parse(encoded.body)).toMatchObject({
      type: 'error',
      error: { type: anthropicType },
      request_id: encoded.headers['request-id'],
    })
  })

  test('a limit of OpenAI tells the wait in text, retry-after and reset alike', () => {
    const { headers, body: text } = chat.encode(error('rate-limited', { retryAfter: '7' }), context)
    expect(text).toContain('Rate limit reached for m-1 in organization')
    expect(text).toContain('Please try again in 7s.')
    expect(headers).toMatchObject({
      'retry-after': '7',
      'x-ratelimit-remaining-tokens': '1218',
      'x-ratelimit-reset-tokens': '7s',
    })
  })

  test('a limit of Anthropic resets at an absolute time, its spend limit has no retry-after', () => {
    const { headers } = anthropic.encode(error('rate-limited', { retryAfter: '90' }), context)
    expect(headers).toMatchObject({
      'retry-after': '90',
      'anthropic-ratelimit-tokens-remaining': '0',
      'anthropic-ratelimit-tokens-reset': '2026-01-01T00:01:30Z',
    })
    const spent = anthropic.encode(error('quota'), context)
    expect(spent.headers).not.toHaveProperty('retry-after')
    expect(JSON.parse(spent.body).error.details).toEqual({ error_code: 'enforced_spend_limit_reached' })
  })

  test('headers of one provider never appear at the other', () => {
    for (const kind of ['rate-limited', 'overloaded', 'bad-gateway'] as const) {
      const names = (codec: (typeof codecs)[0]) => Object.keys(codec.encode(error(kind), context).headers).join(' ')
      expect(names(chat)).not.toMatch(/anthropic|(^| )request-id/)
      expect(names(anthropic)).not.toMatch(/openai|x-/)
    }
  })

  test('a retry-after that is garbage goes out verbatim, and so do milliseconds', () => {
    const { headers, body: text } = chat.encode(
      error('rate-limited', { retryAfter: 'soon', retryAfterMs: '50' }),
      context,
    )
    expect(headers).toMatchObject({ 'retry-after': 'soon', 'retry-after-ms': '50' })
    expect(text).toContain('try again in 0.05s')
  })

  test('a bad gateway is a page of the proxy', () => {
    const encoded = anthropic.encode(error('bad-gateway'), context)
    expect(encoded).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } })
    expect(encoded.body).toContain('<h1>502 Bad Gateway</h1>')
  })

  test.each([
    [413, 'request_too_large'],
    [402, 'billing_error'],
    [529, 'overloaded_error'],
    [418, 'invalid_request_error'],
    [599, 'api_error'],
  ])('status %i asked for by itself has its own words', (status, type) => {
    const encoded = anthropic.encode(error('unavailable', { status }), context)
    expect(encoded.status).toBe(status)
    expect(JSON.parse(encoded.body).error.type).toBe(type)
  })
})

test('the same arguments give the same bytes, another name other ids', () => {
  for (const codec of codecs) {
    const once = codec.encode(answer(), context)
    expect(codec.encode(answer(), { ...context })).toEqual(once)
    expect(JSON.parse(codec.encode(answer(), { ...context, id: 'other' }).body).id).not.toBe(JSON.parse(once.body).id)
  }
})

test.each([
  [0, '0s'],
  [120, '120ms'],
  [41_724, '41.724s'],
  [360_000, '6m0s'],
  [3_661_500, '1h1m1.5s'],
])('%i ms is printed as Go does: %s', (ms, text) => {
  expect(goDuration(ms)).toBe(text)
})
