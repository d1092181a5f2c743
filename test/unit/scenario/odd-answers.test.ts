import { describe, expect, test } from 'vitest'
import {
  anthropic,
  calling,
  chat,
  decided,
  helpedChat,
  helpedMessages,
  helpedResponse,
  meet,
  messages,
  openai,
  rawChat,
  response,
} from './sdk-met.js'

const askChat = () => openai().chat.completions.create(chat)
const askMessages = () => anthropic().messages.create(messages)
const askResponse = () => openai().responses.create(response)

describe('an answer that ends early says why, in the words of its provider', () => {
  test.each([
    ['length', 'length', 'max_tokens', 'max_output_tokens'],
    ['content-filter', 'content_filter', 'refusal', 'content_filter'],
    ['refusal', 'stop', 'refusal', undefined],
    ['pause', 'stop', 'pause_turn', undefined],
    ['context-exceeded', 'length', 'model_context_window_exceeded', 'max_output_tokens'],
  ])('%s', async (reason, finish, stop, incomplete) => {
    const early = decided('model/finish-reason', { reason })
    const [choice] = (await meet(askChat, early)).value.choices
    expect(choice.finish_reason).toBe(finish)
    expect(Boolean(choice.message.refusal)).toBe(reason === 'refusal')
    expect((await meet(askMessages, early)).value.stop_reason).toBe(stop)
    expect((await meet(helpedMessages, early)).value.stop_reason).toBe(stop)
    expect((await meet(askResponse, early)).value.incomplete_details?.reason).toBe(incomplete)
    expect((await meet(helpedResponse, early)).value.incomplete_details?.reason).toBe(incomplete)
  })

  test('within a call: half of its arguments to one client, a shorter object to the other', async () => {
    const within = decided('model/finish-reason', { cut: 'in-call' })
    const [, half] = (await meet(askChat, within, calling)).value.choices[0].message.tool_calls
    expect(half.function.arguments).toBe('{"amount":7,"')
    const [, shorter] = (await meet(askMessages, within, calling)).value.content
    expect(shorter.input).toEqual({ amount: 7 })
  })
})

describe('an answer without any', () => {
  test('a blank one is a message all the same', async () => {
    const blank = decided('model/empty-turn')
    expect((await meet(askChat, blank)).value.choices[0].message.content).toBe('')
    expect((await meet(rawChat, blank)).value).toBe('')
    expect((await meet(askMessages, blank)).value.content).toEqual([])
    expect((await meet(askResponse, blank)).value.output_text).toBe('')
  })

  test('of no choices: nothing to read the first of', async () => {
    const none = decided('model/empty-turn', { kind: 'no-choices' })
    expect((await meet(askChat, none)).value.choices).toEqual([])
    expect((await meet(askMessages, none)).value.content).toEqual([])
    expect((await meet(askResponse, none)).value.output).toEqual([])
  })
})

test('a last word with calls may claim that there are none', async () => {
  const { value } = await meet(askChat, decided('model/final-with-calls', { order: 'after' }), calling)
  expect(value.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: expect.stringMatching(/^Done/) },
  })
  expect(value.choices[0].message.tool_calls).toHaveLength(2)
  const said = await meet(askMessages, decided('model/final-with-calls', { order: 'after' }), calling)
  expect(said.value.stop_reason).toBe('end_turn')
  expect(said.value.content.map(({ type }: { type: string }) => type)).toEqual(['text', 'tool_use', 'tool_use'])
})

describe('usage', () => {
  test('that is missing is missing, whole or streamed', async () => {
    const missing = decided('model/usage-mismatch')
    for (const ask of [askChat, askMessages, askResponse, helpedChat]) {
      const met = await meet(ask, missing)
      expect(met.value.usage).toBeUndefined()
      expect(met.trial.faults['model/usage-mismatch']).toEqual({ planned: 1, injected: 1, landed: 1 })
    }
  })

  test('a stream of Messages without it breaks the helper of its own SDK', async () => {
    expect((await meet(helpedMessages, decided('model/usage-mismatch'))).value).toBeInstanceOf(Error)
  })

  test('that is not theirs', async () => {
    expect((await meet(askChat, decided('model/usage-mismatch', { kind: 'zero' }))).value.usage.total_tokens).toBe(0)
    const double = decided('model/usage-mismatch', { kind: 'double' })
    expect((await meet(askMessages, double)).value.usage.input_tokens).toBe(200)
  })
})
