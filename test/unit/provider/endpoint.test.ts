import { describe, expect, test, vi } from 'vitest'
import { isStormproofError } from '../../../src/core/error.js'
import type { Answer, ModelQuery } from '../../../src/provider/endpoint.js'
import { modelEndpoint } from '../../../src/provider/endpoint.js'
import { chatCalls } from './pairing-cases.js'

const chat = 'https://api.openai.com/v1/chat/completions'
const done: Answer = {
  kind: 'answer',
  answer: { text: 'Done.', calls: [], stop: 'stop', usage: { inputTokens: 1, outputTokens: 1 } },
}
const stamp = () => ({ id: 't1/a1', createdAt: 1 })
const endpointOf = (answer: Answer, more = {}) => modelEndpoint({ answer: async () => answer, stamp, ...more })
const post = (body: unknown, signal?: AbortSignal) => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  signal,
})
const errorOf = async (response: Response) => ((await response.json()) as { error: unknown }).error
const hello = { model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] }

describe('modelEndpoint', () => {
  test('hands over the canonical request and answers in its profile', async () => {
    const queries: ModelQuery[] = []
    const endpoint = modelEndpoint({
      stamp,
      answer: async (query) => {
        queries.push(query)
        return done
      },
    })
    const response = await endpoint.handle(chat, { ...post(hello), headers: { 'Idempotency-Key': 'k' } })
    expect(await response.json()).toMatchObject({ model: 'gpt-4o', choices: [{ message: { content: 'Done.' } }] })
    expect(queries).toMatchObject([
      { messages: [{ role: 'user', text: 'hi' }], profile: 'openai-chat', model: 'gpt-4o' },
    ])
    expect(queries[0]!.headers.get('idempotency-key')).toBe('k')
  })

  test('answers a Request and the arguments of fetch with the same bytes', async () => {
    const endpoint = endpointOf(done)
    const fast = await endpoint.handle(chat, post(hello))
    const slow = await endpoint.respond(new Request(chat, { method: 'POST', body: JSON.stringify(hello) }))
    const buffered = await endpoint.handle(chat, {
      method: 'POST',
      body: new TextEncoder().encode(JSON.stringify(hello)),
    })
    const text = await fast.text()
    expect([await slow.text(), await buffered.text()]).toEqual([text, text])
    expect(Object.fromEntries(slow.headers)).toEqual(Object.fromEntries(fast.headers))
  })

  test('refuses a body that is not JSON and a history that does not pair, without asking the model', async () => {
    const answer = vi.fn()
    const endpoint = modelEndpoint({ answer, stamp })
    const broken = await endpoint.handle(chat, post('{"model"'))
    const dangling = await endpoint.handle(chat, post({ ...hello, messages: [chatCalls('call_X')] }))
    expect([broken.status, dangling.status]).toEqual([400, 400])
    expect(await errorOf(broken)).toHaveProperty(
      'message',
      expect.stringMatching(/^We could not parse the JSON body of your request\./),
    )
    expect(await errorOf(dangling)).toEqual({
      message:
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_X",
      type: 'invalid_request_error',
      param: 'messages',
      code: null,
    })
    expect(answer).not.toHaveBeenCalled()
  })

  test('lets the owner decide what comes of a refusal', async () => {
    const endpoint = endpointOf(done, { refused: async () => ({ kind: 'error', error: 'overloaded' }) })
    expect((await endpoint.handle(chat, post({ model: 'gpt-4o', messages: [] }))).status).toBe(503)
  })

  test('streams its answer where a stream is asked for', async () => {
    const response = await endpointOf(done).handle(chat, post({ ...hello, stream: true }))
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const frames = (await response.text()).split('\n\n')
    expect(frames.slice(-2)).toEqual(['data: [DONE]', ''])
  })

  test('reports what cannot be simulated', async () => {
    const misused = vi.fn()
    const elsewhere = endpointOf(done, { misused }).handle('https://api.openai.com/v1/embeddings', post({}))
    const error: unknown = await elsewhere.catch((thrown) => thrown)
    expect(isStormproofError(error)).toBe(true)
    expect(misused).toHaveBeenCalledExactlyOnceWith(error)
  })

  test('refuses other paths and methods', async () => {
    const endpoint = endpointOf(done)
    const elsewhere = endpoint.handle('https://api.openai.com/v1/embeddings', post({}))
    await expect(elsewhere).rejects.toMatchObject({ code: 'unanswered-host' })
    await expect(endpoint.handle(chat, { method: 'GET', body: '' })).rejects.toMatchObject({ code: 'unanswered-host' })
  })

  test('breaks the connection as fetch does', async () => {
    const error: unknown = await endpointOf({ kind: 'lost' })
      .handle(chat, post(hello))
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  })

  test('never answers, until the request is aborted with its reason', async () => {
    const abort = new AbortController()
    const settled = vi.fn()
    const response = endpointOf({ kind: 'never' }).handle(chat, post(hello, abort.signal)).catch(settled)
    await new Promise((resolve) => setImmediate(resolve))
    expect(settled).not.toHaveBeenCalled()
    abort.abort(new Error('enough'))
    await response
    expect(settled).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'enough' }))
  })

  test('rejects at once when the request was aborted before', async () => {
    const answer = vi.fn()
    const endpoint = modelEndpoint({ answer, stamp })
    await expect(endpoint.handle(chat, post(hello, AbortSignal.abort('gone')))).rejects.toBe('gone')
    expect(answer).not.toHaveBeenCalled()
  })

  test('passes on what the model throws', async () => {
    const endpoint = modelEndpoint({ answer: () => Promise.reject(new Error('unexpected')), stamp })
    await expect(endpoint.handle(chat, post(hello))).rejects.toThrow('unexpected')
  })
})
