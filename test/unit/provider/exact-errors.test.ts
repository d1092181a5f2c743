import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { modelEndpoint } from '../../../src/provider/endpoint.js'
import {
  anthropicCalls,
  anthropicResults,
  chatCalls,
  chatResult,
  responsesCall,
  responsesResult,
} from './pairing-cases.js'

/** An endpoint whose model must not be asked: the provider refuses before. */
const endpoint = modelEndpoint({
  answer: () => Promise.reject(new Error('the model was asked')),
  stamp: () => ({ id: 't1', createdAt: 1_767_225_600 }),
})
const refusing = {
  apiKey: 'sk-test',
  maxRetries: 0,
  fetch: (url: unknown, init?: RequestInit) => endpoint.handle(String(url), init ?? {}),
}
const post = async (url: string, body: object) => {
  const response = await endpoint.handle(url, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: await response.text(), headers: response.headers }
}
const user = { role: 'user', content: 'hi' }

describe('a history that OpenAI Chat refuses', () => {
  test.each([
    [
      'a call without result',
      [user, chatCalls('call_X')],
      `{"error":{"message":"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_X","type":"invalid_request_error","param":"messages","code":null}}`,
    ],
    [
      'several, one of them answered too late',
      [user, chatCalls('call_A', 'call_B'), user, chatResult('call_A')],
      `{"error":{"message":"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_A, call_B","type":"invalid_request_error","param":"messages","code":null}}`,
    ],
    [
      'a result without call',
      [user, chatResult('call_X')],
      `{"error":{"message":"messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.","type":"invalid_request_error","param":"messages.[1].role","code":null}}`,
    ],
  ])('because of %s gets its bytes', async (_, messages, body) => {
    const answer = await post('https://api.openai.com/v1/chat/completions', { model: 'gpt-5', messages })
    expect(answer).toMatchObject({ status: 400, body })
    expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{16}$/)
    const thrown: unknown = await new OpenAI(refusing).chat.completions
      .create({ model: 'gpt-5', messages } as never)
      .catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(OpenAI.BadRequestError)
    expect(thrown).toMatchObject({ message: `400 ${JSON.parse(body).error.message}` })
  })
})

describe('a history that OpenAI Responses refuses', () => {
  test.each([
    [
      'a call without output',
      [user, responsesCall('call_X')],
      '{"error":{"message":"No tool output found for function call call_X.","type":"invalid_request_error","param":"input","code":null}}',
    ],
    [
      'an output without call',
      [user, responsesResult('call_X')],
      '{"error":{"message":"No tool call found for function call output with call_id call_X.","type":"invalid_request_error","param":"input","code":null}}',
    ],
  ])('because of %s gets its bytes', async (_, input, body) => {
    expect(await post('https://api.openai.com/v1/responses', { model: 'gpt-5', input })).toMatchObject({
      status: 400,
      body,
    })
    const thrown: unknown = await new OpenAI(refusing).responses
      .create({ model: 'gpt-5', input } as never)
      .catch((error: unknown) => error)
    expect(thrown).toMatchObject({ status: 400, message: `400 ${JSON.parse(body).error.message}`, param: 'input' })
  })
})

describe('a history that Anthropic refuses', () => {
  const bytes = (text: string, id: string): string =>
    `{"type":"error","error":{"type":"invalid_request_error","message":${JSON.stringify(text)}},"request_id":"${id}"}`

  test.each([
    [
      'calls without results',
      [user, anthropicCalls('toolu_A', 'toolu_B')],
      'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_A, toolu_B. Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
    ],
    [
      'results of one turn in two messages',
      [user, anthropicCalls('toolu_A', 'toolu_B'), anthropicResults('toolu_A'), anthropicResults('toolu_B')],
      'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_B. Each `tool_use` block must have a corresponding `tool_result` block in the next message.',
    ],
    [
      'a result without call',
      [user, anthropicResults('toolu_A')],
      'messages.1.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_A. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
    ],
  ])('because of %s gets its bytes', async (_, messages, text) => {
    const request = { model: 'claude', max_tokens: 64, messages }
    const answer = await post('https://api.anthropic.com/v1/messages', request)
    const id = answer.headers.get('request-id') as string
    expect(id).toMatch(/^req_[0-9a-f]{16}$/)
    expect(answer).toMatchObject({ status: 400, body: bytes(text, id) })
    const thrown: unknown = await new Anthropic(refusing).messages
      .create(request as never)
      .catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(Anthropic.BadRequestError)
    expect(thrown).toMatchObject({ requestID: id, message: `400 ${bytes(text, id)}` })
  })
})

describe('strictness differs:', () => {
  const served = modelEndpoint({
    answer: async () => ({ kind: 'error', error: 'overloaded' }),
    stamp: () => ({ id: 't1', createdAt: 1 }),
  })
  const isRefused = async (path: string, body: object) =>
    (await served.handle(`https://api.${path}`, { method: 'POST', body: JSON.stringify(body) })).status === 400
  const chat = (...messages: object[]) => isRefused('openai.com/v1/chat/completions', { model: 'm', messages })
  const responses = (...input: object[]) => isRefused('openai.com/v1/responses', { model: 'm', input })
  const anthropic = (...messages: object[]) =>
    isRefused('anthropic.com/v1/messages', { model: 'm', max_tokens: 1, messages })

  test('two calls of one id are served by OpenAI and refused by Anthropic', async () => {
    expect(await chat(user, chatCalls('a', 'a'), chatResult('a'))).toBe(false)
    expect(await responses(responsesCall('a'), responsesCall('a'), responsesResult('a'))).toBe(false)
    expect(await anthropic(user, anthropicCalls('a', 'a'), anthropicResults('a'))).toBe(true)
  })

  test('two answers to one call are served by Responses alone', async () => {
    expect(await chat(user, chatCalls('a'), chatResult('a'), chatResult('a'))).toBe(true)
    expect(await responses(responsesCall('a'), responsesResult('a'), responsesResult('a'))).toBe(false)
    expect(await anthropic(user, anthropicCalls('a'), anthropicResults('a', 'a'))).toBe(true)
  })

  test('where a result stands does not matter to Responses', async () => {
    expect(await chat(user, chatResult('a'), chatCalls('a'))).toBe(true)
    expect(await responses(responsesResult('a'), user, responsesCall('a'))).toBe(false)
    expect(await anthropic(user, anthropicResults('a'), anthropicCalls('a'))).toBe(true)
  })
})
