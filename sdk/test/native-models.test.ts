/** Whatever the provider answers, an agent on a native adapter sees what it would see on its SDK's own provider of Chat Completions. */

import { createOpenAI } from '@ai-sdk/openai'
import { ContextOverflowError } from '@langchain/core/errors'
import { HumanMessage } from '@langchain/core/messages'
import { tool as langchainTool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { Agent, tool as agentsTool, type Model, OpenAIChatCompletionsModel, Runner } from '@openai/agents'
import { generateText, type LanguageModel, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { scriptedLanguageModel } from 'stormproof/adapter/ai-sdk'
import { scriptedModel } from 'stormproof/adapter/openai-agents'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Message } from '../../src/core/message.ts'
import { type Answer, type ModelQuery, modelEndpoint } from '../../src/provider/endpoint.ts'
import type { Flaw } from '../../src/sim/stream.ts'
import { chatModel } from '../native/chat-model.ts'

const usage = { inputTokens: 12, outputTokens: 5 }
const said: Answer = { kind: 'answer', answer: { text: 'Hello there.', calls: [], stop: 'stop', usage } }
const call = (args: string): Answer => ({
  kind: 'answer',
  answer: { text: 'Looking.', calls: [{ id: 'call_1', tool: 'find', arguments: args }], stop: 'tool-calls', usage },
})
const streamed = (flaw: Flaw, answer: Answer = call('{"orderId":"A-7"}')): Answer => ({
  ...(answer as Answer & { kind: 'answer' }),
  stream: { layout: 'few', gapMs: 0, flaw, landed: () => undefined },
})
const error = (name: Extract<Answer, { kind: 'error' }>['error'], more: object = {}): Answer => ({
  kind: 'error',
  error: name,
  ...more,
})

/** What a provider can answer, first to last. */
const whole: Readonly<Record<string, readonly Answer[]>> = {
  'a text': [said],
  'a call and a text': [call('{"orderId":"A-7"}'), said],
  'a call with broken arguments': [call('{"orderId":'), said],
  'a refusal': [{ kind: 'answer', answer: { text: 'I will not.', calls: [], stop: 'refusal', usage } }],
  'an answer that is too long': [{ kind: 'answer', answer: { text: 'Once upon', calls: [], stop: 'length', usage } }],
  'a rate limit': [error('rate-limited', { retryAfter: '3' })],
  'a spent quota': [error('quota')],
  'an overload': [error('overloaded')],
  'a server error': [error('server-error', { shouldRetry: 'false' })],
  'a page of a proxy': [error('bad-gateway')],
  'a wrong key': [error('authentication')],
  'an unknown model': [error('not-found')],
  'a prompt that is too long': [error('context-length')],
  'a refused request': [error('invalid-request')],
  'a lost connection': [{ kind: 'lost' }],
  'a 200 with broken JSON': [{ ...(said as Answer & { kind: 'answer' }), body: 'broken-json' }],
}
const streams: Readonly<Record<string, readonly Answer[]>> = {
  ...Object.fromEntries(Object.entries(whole).filter(([name]) => !name.startsWith('a 200'))),
  'a stream that ends early': [streamed({ kind: 'cut', after: 1, mode: 'eof' }), said],
  'a stream that ends within arguments': [streamed({ kind: 'cut', after: 'arguments', mode: 'eof' }), said],
  'a stream that breaks': [streamed({ kind: 'cut', after: 1, mode: 'reset' })],
  'a stream that turns into an error': [streamed({ kind: 'cut', after: 1, mode: 'error-frame' })],
  'a stream that is an error': [streamed({ kind: 'cut', after: 0, mode: 'error-frame' })],
  'a frame twice': [streamed({ kind: 'duplicate', frame: 'content', times: 1 }, said)],
}

const native = globalThis.fetch
afterEach(() => {
  globalThis.fetch = native
})

/** The network of an endpoint that answers so, and what it was asked. */
function answering(answers: readonly Answer[]): readonly ModelQuery[] {
  const queries: ModelQuery[] = []
  const endpoint = modelEndpoint({
    answer: async (query) => answers[queries.push(query) - 1] ?? said,
    stamp: () => ({ id: `m${queries.length}`, createdAt: 1_767_225_600 }),
  })
  globalThis.fetch = (url, init) => endpoint.handle(String(url), (init ?? {}) as object)
  return queries
}

type Seen = Record<string, unknown>

/** Text and calls of one answer come as one message or as two, as an SDK likes it. */
function joined(messages: readonly Message[], message: Message): readonly Message[] {
  const last = messages.at(-1)
  if (last?.role !== 'assistant' || message.role !== 'assistant') return [...messages, message]
  return [
    ...messages.slice(0, -1),
    { ...last, text: last.text + message.text, calls: [...last.calls, ...message.calls] },
  ]
}

/** What came of a run, and what the model was sent in it. */
async function outcome(
  answers: readonly Answer[],
  run: () => Promise<Seen>,
  seen: (error: any) => Seen,
): Promise<Seen> {
  const queries = answering(answers)
  const came = await run().catch((thrown: unknown) => ({ threw: seen(thrown) }))
  return {
    ...came,
    prompts: queries.map(({ messages }) => messages.reduce(joined, [])),
    tools: queries.map(({ tools }) => tools.map(({ name }) => name)),
  }
}

describe('AI SDK', () => {
  const tools = {
    find: tool({
      inputSchema: z.object({ orderId: z.string() }),
      execute: ({ orderId }) => ({ orderId, cents: 4900 }),
    }),
  }
  const theirs = createOpenAI({ apiKey: 'sk-test', fetch: (url, init) => globalThis.fetch(url, init) }).chat('scripted')
  const models = { theirs, ours: scriptedLanguageModel() }
  const seen = (thrown: any): Seen => {
    const { name, message, statusCode, isRetryable, responseHeaders, data } = thrown
    return { name, message, statusCode, isRetryable, responseHeaders, data }
  }
  const settings = {
    tools,
    prompt: 'Order A-7',
    maxRetries: 0,
    stopWhen: ({ steps }: { steps: unknown[] }) => steps.length === 3,
  }

  test.each(Object.entries(whole))('generateText: %s', async (_, answers) => {
    const run = (model: LanguageModel) => async (): Promise<Seen> => {
      const { text, finishReason, totalUsage, steps } = await generateText({ ...settings, model })
      const calls = steps.flatMap(({ toolCalls }) =>
        toolCalls.map(({ toolName, input, invalid }) => ({ toolName, input, invalid })),
      )
      return { text, finishReason, input: totalUsage.inputTokens, output: totalUsage.outputTokens, calls }
    }
    const ours = await outcome(answers, run(models.ours), seen)
    expect(ours).toEqual(await outcome(answers, run(theirs), seen))
  })

  test.each(Object.entries(streams))('streamText: %s', async (_, answers) => {
    const run = (model: LanguageModel) => async (): Promise<Seen> => {
      const errors: unknown[] = []
      const result = streamText({ ...settings, model, onError: ({ error }) => void errors.push(seen(error)) })
      const parts: unknown[] = []
      for await (const part of result.fullStream)
        if (/^(text-delta|tool-(input-.*|call|result|error))$/.test(part.type))
          parts.push({ ...part, id: 0, providerMetadata: 0, error: 0 })
      const finishReason = await result.finishReason.then(null, ({ name }) => name)
      return { finishReason, parts, errors }
    }
    const ours = await outcome(answers, run(models.ours), seen)
    expect(ours).toEqual(await outcome(answers, run(theirs), seen))
  })

  test('AI SDK 5 is served by the second specification', async () => {
    answering([call('{"orderId":"A-7"}'), said])
    const model = scriptedLanguageModel({ specification: 'v2' })
    const { text, finishReason, totalUsage } = await generateText({ ...settings, model: model as LanguageModel })
    expect([text, finishReason, totalUsage.totalTokens]).toEqual(['Hello there.', 'stop', 34])
  })

  test('outside of a simulation nobody answers, and the remedy is told', async () => {
    globalThis.fetch = () =>
      Promise.reject(
        new TypeError('fetch failed', {
          cause: Object.assign(new Error('getaddrinfo ENOTFOUND'), { syscall: 'getaddrinfo' }),
        }),
      )
    await expect(generateText({ model: scriptedLanguageModel(), prompt: 'x' })).rejects.toMatchObject({
      code: 'scenario',
      remedy: expect.stringContaining('`run` of a scenario'),
    })
  })
})

describe('OpenAI Agents SDK', () => {
  const find = agentsTool({
    name: 'find',
    description: 'Finds an order',
    parameters: z.object({ orderId: z.string() }),
    execute: ({ orderId }) => ({ orderId, cents: 4900 }),
  })
  const client = () => new OpenAI({ apiKey: 'sk-test', maxRetries: 0 })
  const models = {
    theirs: () => new OpenAIChatCompletionsModel(client(), 'scripted'),
    ours: () => scriptedModel({ openai: OpenAI }),
  }
  const runner = new Runner({ tracingDisabled: true })
  const agent = (model: Model) => new Agent({ name: 'clerk', instructions: 'You handle orders.', model, tools: [find] })
  const seen = (thrown: any): Seen => {
    const { message, status, code, type, headers } = thrown
    const [kind, asked] = [thrown.constructor.name, headers && Object.fromEntries(headers)]
    return {
      kind,
      message,
      status,
      code,
      type,
      asked,
      advice: models.ours().getRetryAdvice({ error: thrown })?.suggested,
    }
  }

  test.each(Object.entries(whole).filter(([name]) => !name.startsWith('a 200')))('run: %s', async (_, answers) => {
    const run = (model: () => Model) => async (): Promise<Seen> => {
      const { finalOutput, newItems, rawResponses } = await runner.run(agent(model()), 'Order A-7', { maxTurns: 3 })
      return {
        finalOutput,
        items: newItems.map(({ type }) => type),
        tokens: rawResponses.map(({ usage }) => usage.totalTokens),
      }
    }
    expect(await outcome(answers, run(models.ours), seen)).toEqual(await outcome(answers, run(models.theirs), seen))
  })

  test.each(Object.entries(streams))('run, streamed: %s', async (_, answers) => {
    const run = (model: () => Model) => async (): Promise<Seen> => {
      const result = await runner.run(agent(model()), 'Order A-7', { maxTurns: 3, stream: true })
      const deltas: unknown[] = []
      for await (const event of result)
        if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta')
          deltas.push(event.data.delta)
      await result.completed
      return { deltas, finalOutput: result.finalOutput, items: result.newItems.map(({ type }) => type) }
    }
    expect(await outcome(answers, run(models.ours), seen)).toEqual(await outcome(answers, run(models.theirs), seen))
  })

  test('without the classes of `openai` an error has their fields', async () => {
    answering([error('rate-limited', { retryAfter: '3' })])
    const failed = runner.run(agent(scriptedModel()), 'Order A-7')
    await expect(failed).rejects.toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'tokens' })
  })
})

describe('LangChain', () => {
  const find = langchainTool(({ orderId }) => JSON.stringify({ orderId, cents: 4900 }), {
    name: 'find',
    description: 'Finds an order',
    schema: z.object({ orderId: z.string() }),
  })
  const models = {
    theirs: () => new ChatOpenAI({ model: 'scripted', apiKey: 'sk-test', maxRetries: 0, useResponsesApi: false }),
    ours: () => chatModel({ maxRetries: 0 }),
  }
  const seen = (thrown: any): Seen => {
    const { name, status, code, lc_error_code, rateLimitReason, retryAfterMs, message } = thrown
    const overflow = ContextOverflowError.isInstance(thrown)
    return {
      name,
      overflow,
      status,
      code,
      lc_error_code,
      rateLimitReason,
      retryAfterMs,
      message: message.split('\n')[0],
    }
  }
  const bound = (model: any) => model.bindTools([find])
  const read = ({ text, tool_calls, invalid_tool_calls, response_metadata, usage_metadata }: any): Seen => ({
    text,
    tool_calls,
    invalid: invalid_tool_calls.map(({ name, args }: any) => ({ name, args })),
    finish: response_metadata.finish_reason,
    tokens: usage_metadata?.total_tokens,
  })

  test.each(Object.entries(whole).filter(([name]) => !name.startsWith('a 200')))('invoke: %s', async (_, answers) => {
    const run = (model: () => unknown) => async () => read(await bound(model()).invoke([new HumanMessage('Order A-7')]))
    expect(await outcome(answers, run(models.ours), seen)).toEqual(await outcome(answers, run(models.theirs), seen))
  })

  test.each(Object.entries(streams))('stream: %s', async (_, answers) => {
    const run = (model: () => unknown) => async () => {
      let whole: any
      const texts: string[] = []
      for await (const chunk of await bound(model()).stream([new HumanMessage('Order A-7')])) {
        if (chunk.text !== '') texts.push(chunk.text)
        whole = whole ? whole.concat(chunk) : chunk
      }
      return { texts, ...(whole && read(whole)) }
    }
    expect(await outcome(answers, run(models.ours), seen)).toEqual(await outcome(answers, run(models.theirs), seen))
  })
})
