import { createOpenAI } from '@ai-sdk/openai'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromLanguageModel } from '../../../src/ai-sdk.js'
import { isModelError, type ModelRequest } from '../../../src/core/model.js'
import { memoryStore } from '../../../src/platform/memory-store.js'
import { type Answer, type ModelQuery, modelEndpoint } from '../../../src/provider/endpoint.js'
import { defineAgent, defineTool, runAgent } from '../../../src/runtime.js'

const usage = { inputTokens: 10, outputTokens: 5 }

/** A provider of the AI SDK whose network is a simulated, strict endpoint. */
function provider(answers: readonly Answer[]) {
  const queries: ModelQuery[] = []
  const endpoint = modelEndpoint({
    answer: async (query) => answers[queries.push(query) - 1]!,
    stamp: () => ({ id: `t${queries.length}`, createdAt: 1_767_225_600 }),
  })
  const openai = createOpenAI({ apiKey: 'sk-test', fetch: (url, init) => endpoint.handle(String(url), init ?? {}) })
  return { openai, queries }
}

const find = defineTool({
  name: 'find',
  description: 'Finds an order',
  effect: 'read',
  input: z.object({ order: z.int() }),
  output: z.object({ at: z.string() }),
  execute: async ({ order }) => ({ at: `shelf ${order}` }),
})

const agent = defineAgent({ name: 'a', instructions: 'x', tools: [find], retry: { baseMs: 1, jitterMs: 0 } })

const request: ModelRequest = {
  messages: [{ role: 'user', text: 'go' }],
  tools: [],
  signal: new AbortController().signal,
  turn: 1,
  attempt: 1,
}

type LanguageModel = Parameters<typeof fromLanguageModel>[0]

/** A model that is no more than its `doGenerate`. */
const generating = (doGenerate: (options: unknown) => unknown) =>
  fromLanguageModel({
    specificationVersion: 'v3',
    doGenerate: async (given: unknown) => doGenerate(given),
  } as unknown as LanguageModel)

const detailOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (isModelError(error) ? error.detail : error),
  )

describe('a language model of the AI SDK', () => {
  it('of its fourth version is named when it is given, with the way out', () => {
    const old = { specificationVersion: 'v1' } as unknown as LanguageModel
    expect(() => fromLanguageModel(old)).toThrow(
      expect.objectContaining({ code: 'config', remedy: expect.stringContaining('update `ai`') }),
    )
  })

  it.each(['chat', 'responses'] as const)(
    'runs an agent over %s, parallel and malformed calls included',
    async (api) => {
      const calls = [
        { id: 'call_a', tool: 'find', arguments: '{"order":1}' },
        { id: 'call_b', tool: 'find', arguments: '{"order":' },
      ]
      const { openai, queries } = provider([
        { kind: 'error', error: 'overloaded' },
        { kind: 'answer', answer: { text: 'Looking.', calls, stop: 'tool-calls', usage } },
        { kind: 'answer', answer: { text: 'One was found.', calls: [], stop: 'stop', usage } },
      ])
      const model = fromLanguageModel(openai[api]('gpt-4.1'))
      const result = await runAgent(agent, { session: 's', prompt: 'find 1 and 2', model, store: memoryStore() })
      expect(result).toMatchObject({ status: 'completed', text: 'One was found.' })
      // One request an attempt: the SDK retries nothing beneath the runtime.
      expect(queries).toHaveLength(3)
      expect(queries[2]!.messages.at(-1)).toMatchObject({
        results: [{ content: '{"at":"shelf 1"}' }, { id: 'call_b' }],
      })
      expect(queries[2]!.tools).toMatchObject([{ name: 'find', inputSchema: { type: 'object' } }])
    },
  )

  it.each<[string, Answer, object]>([
    [
      '429',
      { kind: 'error', error: 'rate-limited', retryAfter: '3' } as Answer,
      { class: 'rate-limited', afterMs: 3_000 },
    ],
    ['an empty account', { kind: 'error', error: 'quota' }, { class: 'permanent', retryable: false }],
    ['503', { kind: 'error', error: 'unavailable' }, { class: 'unavailable', retryable: true }],
    ['400', { kind: 'error', error: 'invalid-request' }, { class: 'permanent', retryable: false }],
    ['a prompt too long', { kind: 'error', error: 'context-length' }, { class: 'context-length' }],
    ['a lost connection', { kind: 'lost' }, { class: 'connection-lost', retryable: true }],
  ])('refuses with the class of %s', async (_name, answer, expected) => {
    const { openai } = provider([answer])
    expect(await detailOf(fromLanguageModel(openai.chat('gpt-4.1')).answer(request))).toMatchObject(expected)
  })

  it('answers alike in the second and the third specification', async () => {
    const content = [
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'hi ' },
      { type: 'text', text: 'you' },
      { type: 'tool-call', toolCallId: 'a', toolName: 'find', input: '{"order":1}' },
      { type: 'tool-call', toolCallId: 'b', toolName: 'web', input: '{}', providerExecuted: true },
    ]
    const answer = {
      text: 'hi you',
      calls: [{ id: 'a', tool: 'find', arguments: '{"order":1}' }],
      stop: 'tool-calls',
      usage,
    }
    const second = { content, finishReason: 'tool-calls', usage }
    const third = {
      content,
      finishReason: { unified: 'tool-calls', raw: 'x' },
      usage: { inputTokens: { total: 10 }, outputTokens: { total: 5 } },
    }
    expect(await generating(() => second).answer(request)).toEqual(answer)
    expect(await generating(() => third).answer(request)).toEqual(answer)
    expect(await generating(() => ({ ...third, finishReason: { unified: 'error' } })).answer(request)).toMatchObject({
      stop: 'other',
    })
  })

  it('is told which results are errors, and hears the abort', async () => {
    const given: { prompt: object[]; abortSignal: AbortSignal }[] = []
    const model = generating((options) => {
      given.push(options as (typeof given)[number])
      return { content: [{ type: 'text', text: 'x' }], finishReason: 'stop' }
    })
    const results = [
      { id: 'a', tool: 'find', content: 'x', outcome: 'ok' },
      { id: 'b', tool: 'find', content: 'y', outcome: 'unknown' },
    ] as const
    await model.answer({ ...request, messages: [{ role: 'tool', results }] })
    expect(given[0]!.abortSignal).toBe(request.signal)
    expect(given[0]!.prompt).toMatchObject([
      { content: [{ toolCallId: 'a', output: { type: 'text' } }, { output: { type: 'error-text', value: 'y' } }] },
    ])
    const failing = generating(() => {
      throw new DOMException('aborted', 'AbortError')
    })
    const aborted = { ...request, signal: AbortSignal.abort() }
    expect(await detailOf(failing.answer(aborted))).toMatchObject({ class: 'cancelled' })
  })

  it('that answers with nothing, or fails by a bug, is not believed', async () => {
    expect(await detailOf(generating(() => ({})).answer(request))).toMatchObject({ class: 'bad-response' })
    const bug = new RangeError('a bug')
    expect(await detailOf(generating(() => Promise.reject(bug)).answer(request))).toBe(bug)
  })
})
