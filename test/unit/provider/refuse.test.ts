import { describe, expect, test } from 'vitest'
import { anthropicMessages } from '../../../src/provider/anthropic-messages/codec.js'
import type { Codec, ErrorReply } from '../../../src/provider/codec.js'
import { openaiChat } from '../../../src/provider/openai-chat/codec.js'
import { openaiResponses } from '../../../src/provider/openai-responses/codec.js'
import {
  anthropicCalls,
  anthropicResults,
  chatCalls,
  chatResult,
  responsesCall,
  responsesResult,
} from './pairing-cases.js'

const refused = (codec: Codec, body: unknown): ErrorReply | undefined => {
  const decoded = codec.decode(body)
  return codec.malformed(body, decoded) ?? codec.unpaired(body, decoded)
}
const user = { role: 'user', content: 'hi' }

describe('Chat Completions refuses, in its own words,', () => {
  const chat = (...messages: unknown[]) => refused(openaiChat, { model: 'gpt-4o', messages })
  const missing =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: "

  test('calls without results, all ids named', () => {
    expect(chat(user, chatCalls('call_A', 'call_B', 'call_C'), chatResult('call_B'))).toMatchObject({
      error: 'invalid-request',
      text: `${missing}call_A, call_C`,
      param: 'messages',
    })
    expect(chat(chatCalls('call_A'), user, chatResult('call_A'))?.text).toBe(`${missing}call_A`)
  })

  test('an orphaned result', () => {
    expect(chat(user, chatResult('call_A'))).toMatchObject({
      text: "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      param: 'messages.[1].role',
    })
    expect(chat(chatCalls('call_A'), chatResult('call_A'), chatResult('call_B'))?.param).toBe('messages.[2].role')
  })

  test('one call answered twice', () => {
    expect(chat(user, chatCalls('call_A'), chatResult('call_A'), chatResult('call_A'))).toMatchObject({
      text: "Invalid parameter: Duplicate value for 'tool_call_id' of 'call_A', in messages[2] and messages[3].",
      param: 'messages.[3].tool_call_id',
    })
  })

  test('an empty id', () => {
    expect(chat(user, chatCalls('call_A', ''), chatResult('call_A'), chatResult(''))?.text).toBe(
      "Invalid 'messages[1].tool_calls[1].id': empty string. Expected a string with minimum length 1, but got an empty string instead.",
    )
  })

  test('a request without model or messages, and an unknown role', () => {
    expect(refused(openaiChat, { messages: [user] })?.text).toBe('you must provide a model parameter')
    expect(refused(openaiChat, { model: 'gpt-4o' })?.text).toBe("Missing required parameter: 'messages'.")
    expect(chat()?.code).toBe('empty_array')
    expect(chat(user, { role: 'robot', content: '' })?.param).toBe('messages[1].role')
  })

  test('but not paired calls and a late system message', () => {
    expect(
      chat(user, chatCalls('a', 'b'), chatResult('b'), chatResult('a'), { role: 'system', content: 'x' }),
    ).toBeUndefined()
  })
})

describe('Responses refuses, in its own words,', () => {
  const responses = (...input: unknown[]) => refused(openaiResponses, { model: 'gpt-5', input })

  test('a call without output', () => {
    expect(responses(user, responsesCall('call_X'))).toMatchObject({
      text: 'No tool output found for function call call_X.',
      param: 'input',
    })
  })

  test('an output without call', () => {
    expect(responses(user, responsesResult('call_X'))).toMatchObject({
      text: 'No tool call found for function call output with call_id call_X.',
      param: 'input',
    })
  })

  test('a reference to an item it does not have', () => {
    const body = { model: 'gpt-5', input: [user, { type: 'item_reference', id: 'msg_9' }] }
    const decoded = openaiResponses.decode(body, { stored: () => undefined })
    expect(openaiResponses.malformed(body, decoded)).toMatchObject({
      error: 'not-found',
      text: "Item with id 'msg_9' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.",
    })
  })

  test('an empty id, a request without model or input', () => {
    expect(responses(user, responsesCall(''), responsesResult(''))?.param).toBe('input[1].call_id')
    expect(refused(openaiResponses, { input: 'hi' })?.text).toBe("Missing required parameter: 'model'.")
    expect(refused(openaiResponses, { model: 'gpt-5' })?.param).toBe('input')
  })

  test('but not an output far from its call, nor before another batch is answered', () => {
    expect(
      responses(responsesCall('a'), responsesCall('b'), user, responsesResult('b'), user, responsesResult('a')),
    ).toBeUndefined()
  })
})

describe('Anthropic refuses, in its own words,', () => {
  const anthropic = (...messages: unknown[]) =>
    refused(anthropicMessages, { model: 'claude', max_tokens: 9, system: 'be kind', messages })?.text
  const dangling = (at: number, ids: string) =>
    `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`

  test('calls without results, all ids named', () => {
    expect(anthropic(user, anthropicCalls('toolu_A', 'toolu_B'))).toBe(dangling(1, 'toolu_A, toolu_B'))
  })

  test('results spread over two messages, or after text', () => {
    expect(anthropic(user, anthropicCalls('a', 'b'), anthropicResults('a'), anthropicResults('b'))).toBe(
      dangling(1, 'b'),
    )
    const late = { role: 'user', content: [{ type: 'text', text: 'and' }, ...anthropicResults('a').content] }
    expect(anthropic(user, anthropicCalls('a'), late)).toBe(dangling(1, 'a'))
  })

  test('an orphaned result', () => {
    expect(anthropic(user, anthropicCalls('toolu_A'), anthropicResults('toolu_A', 'toolu_B'))).toBe(
      'messages.2.content.1: unexpected `tool_use_id` found in `tool_result` blocks: toolu_B. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
    )
  })

  test('repeated ids of calls and of results', () => {
    expect(anthropic(user, anthropicCalls('a', 'a'), anthropicResults('a'))).toBe(
      'messages.1.content.2: `tool_use` ids must be unique',
    )
    expect(anthropic(user, anthropicCalls('a'), anthropicResults('a', 'a'))).toBe(
      'messages.2.content.1: each tool_use must have a single result. Found multiple `tool_result` blocks with id: a',
    )
  })

  test('empty ids', () => {
    expect(anthropic(user, anthropicCalls(''), anthropicResults(''))).toBe(
      "messages.1.content.1.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
    )
  })

  test('a system message in the list, empty content, absent fields', () => {
    expect(anthropic(user, { role: 'system', content: 'x' })).toBe(
      'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
    )
    expect(anthropic(user, { role: 'assistant', content: [] }, user)).toBe(
      'messages.1: all messages must have non-empty content except for the optional final assistant message',
    )
    expect(anthropic(user, { role: 'assistant', content: '' })).toBeUndefined()
    expect(refused(anthropicMessages, { model: 'claude', messages: [user] })?.text).toBe('max_tokens: Field required')
  })

  test('but not results followed by text', () => {
    const both = { role: 'user', content: [...anthropicResults('a', 'b').content, { type: 'text', text: 'go on' }] }
    expect(anthropic(user, anthropicCalls('a', 'b'), both)).toBeUndefined()
  })
})
