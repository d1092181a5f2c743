import { describe, expect, test } from 'vitest'
import { anthropicMessages } from '../../../src/provider/anthropic-messages/codec.js'
import { codecFor, codecs, isProviderHost } from '../../../src/provider/codecs.js'
import { openaiChat } from '../../../src/provider/openai-chat/codec.js'
import { openaiResponses } from '../../../src/provider/openai-responses/codec.js'

const schema = { type: 'object', properties: { order: { type: 'string' } } }
const findSpec = { name: 'find', description: 'Finds.', inputSchema: schema }

/** One conversation; each provider's rendering below must decode to it. */
const conversation = [
  { role: 'system', text: 'Be kind.' },
  { role: 'user', text: 'Where is it?' },
  {
    role: 'assistant',
    text: 'Looking.',
    calls: [
      { id: 'a', tool: 'find', arguments: '{"order":"1"}' },
      { id: 'b', tool: 'refund', arguments: '{}' },
    ],
  },
  {
    role: 'tool',
    results: [
      { id: 'b', tool: 'refund', content: 'no', outcome: 'failed' },
      { id: 'a', tool: 'find', content: 'here', outcome: 'ok' },
    ],
  },
  { role: 'user', text: 'Thanks\nbye' },
]
const failedCalls = (id: string) => id === 'b'

describe('decoding gives the same history from each wire', () => {
  test('Chat Completions', () => {
    const call = (id: string, name: string, args: string) => ({
      id,
      type: 'function',
      function: { name, arguments: args },
    })
    const decoded = openaiChat.decode(
      {
        model: 'gpt-4o',
        messages: [
          { role: 'developer', content: 'Be kind.' },
          { role: 'user', content: 'Where is it?' },
          {
            role: 'assistant',
            content: 'Looking.',
            tool_calls: [call('a', 'find', '{"order":"1"}'), call('b', 'refund', '{}')],
          },
          { role: 'tool', tool_call_id: 'b', content: 'no' },
          { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'here' }] },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Thanks' },
              { type: 'text', text: 'bye' },
            ],
          },
        ],
        tools: [{ type: 'function', function: { name: 'find', description: 'Finds.', parameters: schema } }],
      },
      { failedCalls },
    )
    expect(decoded.messages).toEqual(conversation)
    expect(decoded).toMatchObject({ model: 'gpt-4o', stream: false, tools: [findSpec], places: [0, 1, 2, 3, 5] })
  })

  test('Responses', () => {
    const decoded = openaiResponses.decode(
      {
        model: 'gpt-5',
        instructions: 'Be kind.',
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'Where is it?' }] },
          { type: 'reasoning', id: 'rs_1', summary: [] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Looking.' }] },
          { type: 'function_call', call_id: 'a', name: 'find', arguments: '{"order":"1"}' },
          { type: 'function_call', call_id: 'b', name: 'refund', arguments: '{}' },
          { type: 'function_call_output', call_id: 'b', output: 'no' },
          { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'here' }] },
          { role: 'user', content: 'Thanks\nbye' },
        ],
        tools: [{ type: 'function', name: 'find', description: 'Finds.', parameters: schema }, { type: 'web_search' }],
        stream: true,
      },
      { failedCalls },
    )
    expect(decoded.messages).toEqual(conversation)
    expect(decoded).toMatchObject({ model: 'gpt-5', stream: true, tools: [findSpec], places: [-1, 0, 2, 5, 7] })
  })

  test('Anthropic', () => {
    const decoded = anthropicMessages.decode({
      model: 'claude',
      system: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: 'Where is it?' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 's' },
            { type: 'text', text: 'Looking.' },
            { type: 'tool_use', id: 'a', name: 'find', input: { order: '1' } },
            { type: 'tool_use', id: 'b', name: 'refund', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'b', content: 'no', is_error: true },
            { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'here' }] },
            { type: 'text', text: 'Thanks' },
            { type: 'text', text: 'bye' },
          ],
        },
      ],
      tools: [{ name: 'find', description: 'Finds.', input_schema: schema }],
    })
    expect(decoded.messages).toEqual(conversation)
    expect(decoded).toMatchObject({ model: 'claude', stream: false, tools: [findSpec], places: [-1, 0, 1, 2, 2] })
  })
})

describe('decoding', () => {
  test('shows content that is not text by its type', () => {
    const body = { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] }
    expect(openaiChat.decode(body).messages).toEqual([{ role: 'user', text: '[image_url]' }])
  })

  test('puts a Responses output behind its call, wherever it stood, and a repeated id with the latest call', () => {
    const call = { type: 'function_call', call_id: 'a', name: 'find', arguments: '{}' }
    const output = (text: string) => ({ type: 'function_call_output', call_id: 'a', output: text })
    const { messages } = openaiResponses.decode({
      input: [call, { role: 'user', content: 'hm' }, output('1'), call, output('2')],
    })
    expect(messages.map((message) => message.role)).toEqual(['assistant', 'tool', 'user', 'assistant', 'tool'])
    expect(messages[4]).toMatchObject({ results: [{ content: '2', tool: 'find' }] })
  })

  test('resolves references to stored items and ignores them where nothing is stored', () => {
    const body = { input: [{ type: 'item_reference', id: 'msg_1' }] }
    expect(openaiResponses.decode(body, { stored: () => ({ text: 'Hello' }) }).messages).toEqual([
      { role: 'assistant', text: 'Hello', calls: [] },
    ])
    expect(openaiResponses.decode(body).messages).toEqual([])
  })

  test.each([null, 7, 'text', [], {}, { messages: 'no', input: 7, tools: {} }, { messages: [null, 7], input: [null] }])(
    'survives any JSON: %j',
    (body) => {
      for (const codec of codecs) expect(codec.malformed(body, codec.decode(body))?.error).toBe('invalid-request')
    },
  )

  test('throws for what needs state that is not simulated', () => {
    expect(() => openaiResponses.decode({ previous_response_id: 'resp_1', input: 'hi' })).toThrow(
      /previous_response_id/,
    )
    expect(() => openaiChat.decode({ messages: [{ role: 'function', name: 'f', content: '' }] })).toThrow(/deprecated/)
  })
})

describe('codecFor', () => {
  test('knows the three addresses, whatever the query', () => {
    expect(codecFor('https://api.openai.com/v1/chat/completions')?.profile).toBe('openai-chat')
    expect(codecFor('https://api.openai.com/v1/responses')?.profile).toBe('openai-responses')
    expect(codecFor('https://api.anthropic.com/v1/messages?beta=true')?.profile).toBe('anthropic-messages')
    expect(codecFor('https://api.openai.com/v1/embeddings')).toBeUndefined()
    expect(['api.openai.com', 'api.anthropic.com', 'example.com'].map(isProviderHost)).toEqual([true, true, false])
  })
})
