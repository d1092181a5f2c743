import { describe, expect, test } from 'vitest'
import type { ModelAnswer, StopReason } from '../../../src/core/model.js'
import type { ProviderError } from '../../../src/provider/codec.js'
import { codecs } from '../../../src/provider/codecs.js'
import { eventsOf, reassembled } from '../../wire/reassemble.js'
import { strayings } from '../../wire/schema.js'

const context = { id: 'm1', createdAt: 1_767_225_600, model: 'some-model' }
const stops: Record<StopReason, true> = {
  ...{ stop: true, 'tool-calls': true, length: true, 'content-filter': true, refusal: true, pause: true },
  ...{ 'context-exceeded': true, other: true },
}
const call = (id: string, text = '{"order":1,"note":"na\u00efve \u{1f327}"}') => ({ id, tool: 'find', arguments: text })

/** Every stop reason, with and without text and calls; a reason may be at odds with what is said. */
const answers: readonly ModelAnswer[] = Object.keys(stops).flatMap((stop) =>
  ['', 'I looked: it is na\u00efve \u{1f327}.'].flatMap((text) =>
    [[], [call('call_a')], [call('call_a'), call('call_a', '{}'), call('')]].map((calls) => ({
      ...{ text, calls, stop: stop as StopReason, usage: { inputTokens: 1200, outputTokens: 34 } },
    })),
  ),
)
const unparsable = (text: string): ModelAnswer => ({
  ...{ text: '', calls: [call('c', text)], stop: 'length', usage: { inputTokens: 0, outputTokens: 0 } },
})
const broken = ['', '{"a":', 'not json', 'null', '[1', '{"a":1}{"a":2}'].map(unparsable)

describe.each(codecs)('$profile', (codec) => {
  const { profile } = codec
  const whole = (answer: ModelAnswer) => JSON.parse(codec.encode({ kind: 'answer', answer }, context).body)
  const stream = (answer: ModelAnswer) => {
    const frames = codec.stream.frames(answer, context, { usage: true, collision: undefined })
    return frames.map(({ text }) => text).join('')
  }

  test('answers whole as its schema has it, whatever the model said', () => {
    for (const answer of [...answers, ...broken])
      expect({ answer, strayings: strayings(profile, 'answer', whole(answer)) }).toEqual({ answer, strayings: [] })
  })

  test('streams events as its schema has them, which together are the answer that comes whole', () => {
    for (const answer of answers) {
      const events = eventsOf(stream(answer)).filter(({ data }) => data !== '[DONE]')
      const parsed = events.map(({ data }) => JSON.parse(data))
      for (const event of parsed)
        expect({ event, strayings: strayings(profile, 'event', event) }).toEqual({ event, strayings: [] })
      if (profile !== 'openai-chat') expect(events.map(({ name }) => name)).toEqual(parsed.map(({ type }) => type))
      expect(reassembled(profile, parsed)).toEqual(whole(answer))
    }
  })

  test('streams what does not parse as it is', () => {
    for (const answer of broken) {
      const events = eventsOf(stream(answer)).filter(({ data }) => data !== '[DONE]')
      for (const { data } of events) expect(strayings(profile, 'event', JSON.parse(data))).toEqual([])
    }
  })

  test('fails in a stream as its schema has it', () => {
    const [failure] = eventsOf(codec.stream.failure(3).text)
    const kind = profile === 'openai-chat' ? 'error' : 'event'
    expect(strayings(profile, kind, JSON.parse(failure?.data ?? ''))).toEqual([])
  })

  const errors: Record<ProviderError, true> = {
    ...{ 'rate-limited': true, quota: true, ramp: true, 'spend-limit': true, overloaded: true, 'server-error': true },
    ...{ unavailable: true, 'bad-gateway': true, timeout: true, authentication: true, permission: true },
    ...{ 'not-found': true, 'context-length': true, 'output-length': true, 'invalid-request': true },
  }
  const statuses = [undefined, 400, 401, 402, 403, 404, 408, 409, 412, 413, 422, 429, 431, 500, 502, 503, 504, 529]

  test('fails as its schema has it, or as a page of the proxy before it', () => {
    for (const error of Object.keys(errors) as ProviderError[])
      for (const status of statuses) {
        const answer = codec.encode({ kind: 'error', error, ...(status && { status }) }, context)
        if (status) expect(answer.status).toBe(status)
        if (answer.headers['content-type'] === 'text/html') expect(answer.body).toMatch(/^<html>/)
        else expect(strayings(profile, 'error', JSON.parse(answer.body))).toEqual([])
      }
  })
})

describe('a schema', () => {
  test('says what is not as it should be, and where', () => {
    const [chat] = codecs
    const { body } = (chat as (typeof codecs)[0]).encode({ kind: 'answer', answer: answers[1] as ModelAnswer }, context)
    const strange = { ...JSON.parse(body), created: '2026', surprise: 1 }
    strange.choices[0].finish_reason = 'end_turn'
    expect(strayings('openai-chat', 'answer', strange).join('\n')).toMatchInlineSnapshot(`
      "✖ Unrecognized key: "surprise"
      ✖ Invalid input: expected number, received string
        → at created
      ✖ Invalid option: expected one of "stop"|"length"|"tool_calls"|"content_filter"|"function_call"
        → at choices[0].finish_reason"
    `)
  })
})
