import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { StopReason } from '../../../src/core/model.js'
import { modelEndpoint } from '../../../src/provider/endpoint.js'

/** An endpoint whose model calls `send` with these bytes. */
const sending = (bytes: string, stop: StopReason) => {
  const endpoint = modelEndpoint({
    stamp: () => ({ id: 't1', createdAt: 1_767_225_600 }),
    answer: async () => ({
      kind: 'answer',
      answer: {
        text: '',
        calls: [{ id: 'c1', tool: 'send', arguments: bytes }],
        stop,
        usage: { inputTokens: 1, outputTokens: 1 },
      },
    }),
  })
  return {
    apiKey: 'sk-test',
    fetch: (url: unknown, init?: RequestInit) => endpoint.handle(String(url), init ?? {}),
  }
}

describe.each(['tool-calls', 'length'] as const)('arguments cut in a stream that ends with %s', (stop) => {
  test.each([
    ['{"amount": 100, "to": "bo', { amount: 100 }],
    ['{"amount": 100, "memo": "tra', { amount: 100 }],
    ['{"amount": 10', {}],
    ['{"confirm": tr', {}],
    ['{"items":[{"id":1},{"id"', { items: [{ id: 1 }, {}] }],
    ['', {}],
  ])('%s: the helper of Anthropic hands over what it can close of them', async (bytes, input) => {
    const stream = new Anthropic(sending(bytes, stop)).messages.stream({
      model: 'claude',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'hi' }],
    })
    const message = await stream.finalMessage()
    expect(message.content).toEqual([expect.objectContaining({ type: 'tool_use', input })])
    expect(message.stop_reason).toBe(stop === 'length' ? 'max_tokens' : 'tool_use')
  })

  test('openai hands over the raw text, which the caller cannot parse', async () => {
    const create = new OpenAI(sending('{"amount": 100, "to": "bo', stop)).chat.completions.stream({
      model: 'gpt-5',
      messages: [{ role: 'user', content: 'hi' }],
    })
    const heard = await create.finalChatCompletion()
    expect(heard).toMatchObject({
      choices: [{ message: { tool_calls: [{ function: { arguments: '{"amount": 100, "to": "bo' } }] } }],
    })
  })
})
