/** Answers that come piece by piece from a real server: heard while they come, and nothing unless they are whole. */

import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isModelError, type ModelRequest } from '../../../src/core/model.js'
import { memoryStore } from '../../../src/platform/memory-store.js'
import { chatModel, defineAgent, runAgent } from '../../../src/runtime.js'

let server: Server
let asked: any[] = []
let respond: (response: ServerResponse) => unknown = () => {}
beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (bytes) => (body += bytes))
    request.on('end', () => {
      asked.push(JSON.parse(body))
      respond(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const baseUrl = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`

/** Each write is a piece of its own, wherever it cuts an event or a character. */
async function stream(response: ServerResponse, pieces: readonly (string | Buffer)[], isCut = false): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const piece of pieces) {
    response.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  if (isCut) response.destroy()
  else response.end()
}

const chunk = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\n`
const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } })}\r\n\r\n`
const done = 'data: [DONE]\n\n'

async function ask() {
  const heard: string[] = []
  const request: ModelRequest = {
    ...{ messages: [{ role: 'user', text: 'hi' }], tools: [], turn: 1, attempt: 1 },
    signal: new AbortController().signal,
    onPartial: (text) => heard.push(text),
  }
  const answer = await chatModel({ baseUrl: baseUrl(), model: 'm' })
    .answer(request)
    .catch((error: unknown) => (isModelError(error) ? error.detail : error))
  return { answer, heard }
}

describe('seed-20: a streamed answer of a real endpoint', () => {
  it('is heard as it grows, and is the same answer in the end', async () => {
    const bytes = Buffer.from(chunk({ content: ' wörld' }))
    const umlaut = bytes.indexOf(0xc3) + 1
    respond = (response) =>
      stream(response, [
        ': hello\n\n',
        chunk({ role: 'assistant', content: 'hello' }),
        bytes.subarray(0, umlaut),
        bytes.subarray(umlaut),
        chunk({}, 'stop'),
        usage,
        done,
      ])
    expect(await ask()).toEqual({
      answer: { text: 'hello wörld', calls: [], stop: 'stop', usage: { inputTokens: 9, outputTokens: 4 } },
      heard: ['hello', 'hello wörld'],
    })
    expect(asked).toMatchObject([{ stream: true, stream_options: { include_usage: true } }])
  })

  it('puts the pieces of calls together, by index or each whole', async () => {
    const call = (piece: object): string => chunk({ tool_calls: [piece] })
    respond = (response) =>
      stream(response, [
        call({ index: 0, id: 'a', type: 'function', function: { name: 'find', arguments: '' } }),
        call({ index: 1, id: 'b', type: 'function', function: { name: 'look', arguments: '{"at"' } }),
        call({ index: 0, function: { arguments: '{"order":1}' } }),
        call({ index: 1, function: { arguments: ':2}' } }),
        call({ id: 'c', function: { name: 'find', arguments: { order: 3 } } }),
        chunk({}, 'tool_calls'),
        done,
      ])
    expect((await ask()).answer).toMatchObject({
      stop: 'tool-calls',
      calls: [
        { id: 'a', tool: 'find', arguments: '{"order":1}' },
        { id: 'b', tool: 'look', arguments: '{"at":2}' },
        { id: 'c', tool: 'find', arguments: '{"order":3}' },
      ],
    })
  })

  it.each([
    ['broken', true],
    ['ended', false],
  ])('that is %s half-way is a lost connection, and no shorter answer', async (_how, isCut) => {
    respond = (response) => stream(response, [chunk({ content: 'Pay 10' })], isCut)
    expect(await ask()).toMatchObject({ answer: { class: 'connection-lost', retryable: true }, heard: ['Pay 10'] })
  })

  it('that holds an error, or what is no JSON, is none', async () => {
    respond = (response) => stream(response, [chunk({ content: 'a' }), 'data: {"error":{"code":429}}\n\n'])
    expect(await ask()).toMatchObject({ answer: { class: 'rate-limited', status: 429 } })
    respond = (response) => stream(response, ['data: {"choices":\n\n', done])
    expect(await ask()).toMatchObject({ answer: { class: 'bad-response' } })
  })

  it('may come in one piece from a server that does not stream', async () => {
    respond = (response) =>
      response.end(JSON.stringify({ choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] }))
    expect(await ask()).toMatchObject({ answer: { text: 'hi', stop: 'stop' }, heard: [] })
  })

  it('is asked for by a run that somebody listens to, and a cut one fails it', async () => {
    const heard: string[] = []
    const agent = defineAgent({ name: 'a', instructions: 'x', tools: [], retry: { baseMs: 1, jitterMs: 0 } })
    const options = { prompt: 'p', model: chatModel({ baseUrl: baseUrl(), model: 'm' }), store: memoryStore() }
    const onPartial = (text: string): number => heard.push(text)
    respond = (response) => stream(response, [chunk({ content: 'yes' }), chunk({}, 'stop'), done])
    expect(await runAgent(agent, { ...options, session: 'whole', onPartial })).toMatchObject({ text: 'yes' })
    respond = (response) => stream(response, [chunk({ content: 'Pay' })], true)
    expect(await runAgent(agent, { ...options, session: 'cut', onPartial })).toMatchObject({
      ...{ status: 'failed', reason: 'model-failed', text: '' },
      error: { class: 'connection-lost', retryable: false },
    })
    expect(heard).toEqual(['yes', 'Pay'])
    expect(asked).toHaveLength(2)
  })
})
