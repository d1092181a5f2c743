import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/provider/codecs.js'
import { modelEndpoint } from '../../../src/provider/endpoint.js'
import { anthropic, chat, meet, messages, openai, response } from '../scenario/sdk-met.js'

const endpoint = modelEndpoint({
  answer: async () => ({
    kind: 'answer',
    answer: { text: 'Hello.', calls: [], stop: 'stop', usage: { inputTokens: 1, outputTokens: 1 } },
  }),
  stamp: () => ({ id: 'm1', createdAt: 1 }),
})
const bodies = { 'openai-chat': chat, 'openai-responses': response, 'anthropic-messages': messages }

describe.each(codecs)('$profile', ({ profile, address }) => {
  const post = async (more: object) => {
    const body = JSON.stringify({ ...bodies[profile], ...more })
    const answer = await endpoint.handle(`https://${address}`, { method: 'POST', body })
    return { status: answer.status, text: await answer.text() }
  }

  test.each(['gpt-7-2031-01-01', 'ft:gpt-5:acme::a1b2', "my model $& $1 $' {wait}", 'claude-opus-9', '\u{1f327}'])(
    'answers for the model %s, whole and as a stream',
    async (model) => {
      const whole = await post({ model })
      expect({ status: whole.status, model: JSON.parse(whole.text).model }).toEqual({ status: 200, model })
      expect((await post({ model, stream: true })).text).toContain(JSON.stringify(model))
    },
  )

  test('does not refuse fields of the request that it does not know', async () => {
    expect((await post({ temperature: 9, reasoning_effort: 'extreme', x_vendor: { a: [null] } })).status).toBe(200)
  })
})

test('a model that is spoken of in an error keeps its name', async () => {
  const model = "my model $& $1 $' {wait}"
  for (const { encode } of codecs) {
    const { body } = encode({ kind: 'error', error: 'not-found' }, { id: 'm1', createdAt: 1, model })
    expect(JSON.parse(body).error.message).toContain(model)
  }
})

describe('a timeout of one request', () => {
  const hang = [['model/t1/a1@time', 'never']] as const

  test.each([
    ['chat', (timeout: number) => openai({ maxRetries: 0 }).chat.completions.create(chat, { timeout })],
    ['responses', (timeout: number) => openai({ maxRetries: 0 }).responses.create(response, { timeout })],
    ['messages', (timeout: number) => anthropic({ maxRetries: 0 }).messages.create(messages, { timeout })],
  ])('is that request\u2019s own, in virtual time: %s', async (_, ask) => {
    for (const timeout of [200, 90_000]) {
      const { value, ms } = await meet(() => ask(timeout), hang)
      expect({ name: value.constructor.name, ms }).toEqual({ name: 'APIConnectionTimeoutError', ms: timeout })
    }
  })
})
