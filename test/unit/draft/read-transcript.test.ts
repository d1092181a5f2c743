import { describe, expect, test } from 'vitest'
import { readTranscript } from '../../../src/draft/read-transcript.js'

const chat = [
  { role: 'system', content: 'You refund.' },
  { role: 'user', content: 'Order A-7 came broken.' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'findOrder', arguments: '{"orderId":"A-7"}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: '{"cents":4900}' },
  { role: 'assistant', content: 'Done.' },
]

const responses = {
  instructions: 'You refund.',
  input: [
    { role: 'user', content: 'Order A-7 came broken.' },
    { type: 'function_call', call_id: 'c1', name: 'findOrder', arguments: '{"orderId":"A-7"}' },
    { type: 'function_call_output', call_id: 'c1', output: '{"cents":4900}' },
  ],
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Done.' }] }],
}

const whole = { messages: chat.slice(0, -1), choices: [{ index: 0, message: chat.at(-1) }] }
const [said, ...done] = responses.input
const spoken = { input: said?.content, output: [...done, ...responses.output] }

const anthropic = {
  system: 'You refund.',
  messages: [
    { role: 'user', content: 'Order A-7 came broken.' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'findOrder', input: { orderId: 'A-7' } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '{"cents":4900}' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
  ],
}

const attribute = (key: string, value: unknown) => ({ key, value: { stringValue: JSON.stringify(value) } })
const traceOf = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
const text = (content: string) => ({ type: 'text', content })
const asked = { role: 'user', parts: [text('Order A-7 came broken.')] }
const called = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c1', name: 'findOrder', arguments: { orderId: 'A-7' } }],
}
const answered = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { cents: 4900 } }] }

const otlp = traceOf(
  {
    name: 'chat gpt-5',
    startTimeUnixNano: '2',
    attributes: [
      attribute('gen_ai.system_instructions', [text('You refund.')]),
      attribute('gen_ai.input.messages', [asked, called, answered]),
      attribute('gen_ai.output.messages', [{ role: 'assistant', parts: [text('Done.')], finish_reason: 'stop' }]),
    ],
  },
  {
    name: 'chat gpt-5',
    startTimeUnixNano: '1',
    attributes: [attribute('gen_ai.input.messages', [asked]), attribute('gen_ai.output.messages', [called])],
  },
)

const event = (name: string, fields: Readonly<Record<string, string>>) => ({
  name,
  attributes: Object.entries(fields).map(([key, value]) => ({ key, value: { stringValue: value } })),
})
const events = traceOf({
  name: 'chat',
  startTimeUnixNano: '1',
  events: [
    event('gen_ai.system.message', { content: 'You refund.' }),
    event('gen_ai.user.message', { content: 'Order A-7 came broken.' }),
    event('gen_ai.assistant.message', {
      tool_calls:
        '[{"id":"c1","type":"function","function":{"name":"findOrder","arguments":"{\\"orderId\\":\\"A-7\\"}"}}]',
    }),
    event('gen_ai.tool.message', { id: 'c1', content: '{"cents":4900}' }),
    event('gen_ai.choice', { index: '0', message: '{"content":"Done."}' }),
  ],
})

const expected = {
  instructions: 'You refund.',
  prompt: 'Order A-7 came broken.',
  turns: [[{ tool: 'findOrder', input: { orderId: 'A-7' }, answer: { value: { cents: 4900 } } }]],
  end: 'Done.',
  tools: [{ name: 'findOrder', description: '', inputSchema: undefined }],
}

describe('one conversation, whatever wrote it down', () => {
  test.each([
    ['OpenAI Chat messages', JSON.stringify(chat)],
    ['OpenAI Chat messages in a request', JSON.stringify({ model: 'gpt-5', messages: chat })],
    ['one message a line', chat.map((message) => JSON.stringify(message)).join('\n')],
    ['OpenAI Responses items', JSON.stringify(responses)],
    ['OpenAI Chat, request and response in one', JSON.stringify(whole)],
    ['OpenAI Responses with a text for input', JSON.stringify({ ...responses, ...spoken })],
    ['Anthropic messages', JSON.stringify(anthropic)],
    ['OTLP with messages in attributes', JSON.stringify(otlp)],
    ['OTLP with an event a message', JSON.stringify(events)],
  ])('%s', (_name, source) => {
    expect(readTranscript(source)).toEqual({ conversation: expected, complaints: [] })
  })

  test('a result that only the span of its tool holds is found by the id of the call', () => {
    const span = traceOf(
      { name: 'chat', attributes: [attribute('gen_ai.input.messages', [asked, called])] },
      {
        name: 'execute_tool findOrder',
        attributes: [
          { key: 'gen_ai.tool.call.id', value: { stringValue: 'c1' } },
          attribute('gen_ai.tool.call.result', { cents: 4900 }),
        ],
      },
    )
    expect(readTranscript(JSON.stringify(span)).conversation?.turns).toEqual(expected.turns)
  })
})

test('a tool whose span failed answers with its failure', () => {
  const id = { key: 'gen_ai.tool.call.id', value: { stringValue: 'c1' } }
  const trace = traceOf(
    { name: 'chat', attributes: [attribute('gen_ai.input.messages', [asked, called])] },
    { name: 'execute_tool findOrder', attributes: [id], status: { code: 2, message: 'the shop is away' } },
  )
  const [turn] = readTranscript(JSON.stringify(trace)).conversation?.turns ?? []
  expect(turn).toEqual([{ tool: 'findOrder', input: { orderId: 'A-7' }, answer: { failure: 'the shop is away' } }])
})

describe('what is broken is told, and the rest is kept', () => {
  const whole = JSON.stringify(chat)

  test('a file cut off in its last message', () => {
    const { conversation, complaints } = readTranscript(whole.slice(0, -10))
    expect(conversation?.turns).toEqual(expected.turns)
    expect(complaints).toEqual([{ where: expect.stringMatching(/^line 1, column \d+$/), what: expect.any(String) }])
  })

  test('a message that is no JSON, in the middle', () => {
    const source = whole.replace('{"role":"system","content":"You refund."}', '\n{"role": system}')
    const { conversation, complaints } = readTranscript(source)
    expect(conversation).toEqual({ ...expected, instructions: '' })
    expect(complaints).toEqual([{ where: 'line 2, column 10', what: 'a value was expected' }])
  })

  test('roles nobody has, calls without results, results without calls, arguments that are no JSON', () => {
    const bad = (id: string, text: string) => ({
      role: 'assistant',
      tool_calls: [{ id, type: 'function', function: { name: 'pay', arguments: text } }],
    })
    const source = [
      ...chat,
      { role: 'critic', content: 'x' },
      7,
      bad('c2', '{}'),
      { role: 'tool', tool_call_id: 'c9', content: 'x' },
      bad('c3', '{"a":'),
      { role: 'tool', tool_call_id: 'c3', content: 'x' },
    ]
    const { conversation, complaints } = readTranscript(JSON.stringify(source))
    expect(conversation).toEqual(expected)
    expect(complaints.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'message 6: nobody has the role "critic": left out',
      'message 7: it is no object: left out',
      'message 9: a result for the call "c9", which nobody made: left out',
      'message 8: the call "c2" of "pay" has no result: left out',
      'message 10: the arguments of the call "c3" of "pay" are no JSON object: left out',
    ])
  })

  test('parts that are neither text nor call nor picture', () => {
    const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }
    const messages = [...anthropic.messages.slice(0, -1), { role: 'assistant', content: [search, text('x')] }]
    const { conversation, complaints } = readTranscript(JSON.stringify({ ...anthropic, messages }))
    expect(conversation?.turns).toEqual(expected.turns)
    expect(complaints).toEqual([
      { where: 'message 4', what: 'nothing is known of parts of type "server_tool_use": left out' },
    ])
  })

  test('unpaired calls and unknown roles in Responses items and Anthropic messages', () => {
    const items = [...responses.input, { type: 'function_call', call_id: 'c2', name: 'pay', arguments: '{}' }]
    const more = [...items, { type: 'function_call_output', call_id: 'c9', output: 'x' }, { type: 'mystery' }]
    const read = readTranscript(JSON.stringify([...more, ...responses.output]))
    expect(read.conversation).toEqual({ ...expected, instructions: '' })
    expect(read.complaints.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'message 6: nothing is known of items of type "mystery": left out',
      'message 5: a result for the call "c9", which nobody made: left out',
      'message 4: the call "c2" of "pay" has no result: left out',
    ])
    const strangers = [
      { role: 'robot', content: 'x' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c2', name: 'pay', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c9', content: 'x' }] },
    ]
    const [asked, ...others] = anthropic.messages
    const other = readTranscript(JSON.stringify({ ...anthropic, messages: [asked, ...strangers, ...others] }))
    expect(other.conversation).toEqual(expected)
    expect(other.complaints.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'message 2: nobody has the role "robot": left out',
      'message 4: a result for the call "c9", which nobody made: left out',
      'message 3: the call "c2" of "pay" has no result: left out',
    ])
  })

  test('an attribute that its exporter cut off', () => {
    const cut = JSON.stringify([asked, called, answered]).slice(0, -20)
    const span = { name: 'chat', attributes: [{ key: 'gen_ai.input.messages', value: { stringValue: cut } }] }
    const tool = { name: 'execute_tool', attributes: [attribute('gen_ai.tool.call.result', { cents: 4900 })] }
    const id = { key: 'gen_ai.tool.call.id', value: { stringValue: 'c1' } }
    const trace = traceOf(span, { ...tool, attributes: [...tool.attributes, id] })
    const { conversation, complaints } = readTranscript(JSON.stringify(trace))
    expect(conversation?.turns).toEqual(expected.turns)
    expect(complaints).toEqual([
      { where: expect.stringMatching(/^span "chat", column \d+ of its messages$/), what: expect.any(String) },
    ])
  })

  test.each([
    '',
    'hello',
    '[]',
    '{}',
    '[1,2]',
    '\u0000',
    '{"resourceSpans":[]}',
    '[[[[',
    '[{"role":"user","content":"x"}]',
  ])('nothing can be made of %j', (source) => {
    expect(readTranscript(source).conversation).toBeUndefined()
  })
})

test('a number that JavaScript would round stays the text it was', () => {
  const source = JSON.stringify(chat).replace('4900', '12345678901234567890')
  expect(readTranscript(source).conversation?.turns[0]?.[0]?.answer).toEqual({
    value: '{"cents":12345678901234567890}',
  })
})
