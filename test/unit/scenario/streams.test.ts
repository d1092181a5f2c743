import https from 'node:https'
import { describe, expect, test } from 'vitest'
import {
  calling,
  chat,
  decided,
  helpedChat,
  helpedMessages,
  helpedResponse,
  meet,
  openai,
  rawChat,
  rawMessages,
  requests,
  saying,
  site,
  text,
} from './sdk-met.js'

const cut = (mode: string, more: Record<string, string> = { after: '1' }) =>
  decided('model/stream-cut', { mode, ...more })
const beginning = text.slice(0, Math.ceil(text.length / 3))
const both = ['{"amount":100,"to":"bob"}', '{"amount":7,"to":"eve"}']

describe('an answer that streams', () => {
  test('comes chunk after chunk in virtual time, the same every time', async () => {
    const { value, ms, trial } = await meet(rawChat)
    expect({ value, ms }).toEqual({ value: text, ms: 1150 })
    expect((await meet(rawChat)).trial.fingerprint).toBe(trial.fingerprint)
  })

  test.each(['few', 'frames', 'torn', 'one'])(
    'is the same answer in chunks that are laid out as %s',
    async (layout) => {
      const laid = [[`${site}@layout`, layout]] as const
      expect((await meet(rawChat, laid)).value).toBe(text)
      expect((await meet(helpedMessages, laid, calling)).value.content).toMatchObject([
        { input: { amount: 100, to: 'bob' } },
        { input: { amount: 7, to: 'eve' } },
      ])
      const { output } = (await meet(helpedResponse, laid, calling)).value
      expect(output.map((item: { arguments: string }) => item.arguments)).toEqual(both)
    },
  )

  test('tells usage where it was asked for', async () => {
    const asked = () =>
      openai()
        .chat.completions.stream({ ...chat, stream_options: { include_usage: true } })
        .finalChatCompletion()
    expect((await meet(asked)).value.usage).toMatchObject({ prompt_tokens: 100, total_tokens: 109 })
    expect((await meet(helpedChat)).value.usage).toBeUndefined()
  })

  test('can be slow in its first chunk, or in all of them', async () => {
    const slow = [`${site}@time`, 'x8'] as const
    expect((await meet(rawChat, [slow])).ms).toBe(8150)
    expect((await meet(rawChat, [slow, [`${site}@per`, 'chunk']])).ms).toBe(1000 + 3 * 400)
  })

  test('stops at once when its reader aborts', async () => {
    const { value, ms } = await meet(async () => {
      const abort = new AbortController()
      setTimeout(() => abort.abort(), 1070)
      const heard: string[] = []
      const answer = await fetch('https://api.openai.com/v1/chat/completions', {
        ...{ method: 'POST', body: JSON.stringify({ ...chat, stream: true }), signal: abort.signal },
      })
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      const error = await (async () => {
        for (;;) heard.push(new TextDecoder().decode((await reader.read()).value))
      })().catch((thrown: Error) => thrown.name)
      return { chunks: heard.length, error }
    })
    expect({ value, ms }).toEqual({ value: { chunks: 2, error: 'AbortError' }, ms: 1070 })
  })

  test('comes over node:https too', async () => {
    const { value, ms } = await meet(
      () =>
        new Promise((resolve, reject) => {
          const request = https.request('https://api.openai.com/v1/chat/completions', { method: 'POST' }, (answer) => {
            let heard = ''
            answer.on('data', (chunk) => {
              heard += String(chunk)
            })
            answer.on('end', () => resolve(heard.slice(-14)))
            answer.on('error', reject)
          })
          request.on('error', reject)
          request.end(JSON.stringify({ ...chat, stream: true }))
        }),
    )
    expect({ value, ms }).toEqual({ value: 'data: [DONE]\n\n', ms: 1150 })
  })
})

describe('a stream that ends cleanly too early', () => {
  test('is a whole answer to who reads it raw', async () => {
    const { value, trial } = await meet(rawChat, cut('eof'))
    expect(value).toBe(beginning)
    expect(trial.faults['model/stream-cut']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect((await meet(rawMessages, cut('eof'))).value.slice(-2)).toEqual([
      'content_block_start',
      'content_block_delta',
    ])
    const inArguments = cut('eof', { 'in-args': 'yes' })
    expect((await meet(rawMessages, inArguments, calling)).value.at(-1)).toBe('content_block_delta')
  })

  test('is told by the helpers, and not asked for again', async () => {
    const chatted = await meet(helpedChat, cut('eof'))
    expect(chatted.value.message).toBe('missing finish_reason for choice 0')
    expect(requests(chatted)).toBe(1)
    const message = await meet(helpedMessages, cut('eof'))
    expect(message.value.message).toContain('stream ended without producing a Message with role=assistant')
    expect(requests(message)).toBe(1)
  })

  test('breaks the promise that a completed run had a complete answer', async () => {
    const { trial } = await meet(rawChat, cut('eof'))
    expect(trial.violations.map(({ invariant }) => invariant)).toContain('outcome-truth')
  })
})

test('a stream that breaks is `terminated`, and not asked for again', async () => {
  const raw = await meet(rawChat, cut('reset'))
  expect(raw.value).toBeInstanceOf(TypeError)
  expect(raw.value.message).toBe('terminated')
  expect(raw.ms).toBe(1050)
  for (const helped of [helpedChat, helpedMessages]) {
    const met = await meet(helped, cut('reset'))
    expect(met.value.constructor.name).toMatch(/^(OpenAI|Anthropic)Error$/)
    expect(met.value.message).toBe('terminated')
    expect(requests(met)).toBe(1)
  }
})

test('an error inside a stream is an APIError without status, and not asked for again', async () => {
  for (const run of [rawChat, rawMessages, helpedChat, helpedMessages]) {
    const met = await meet(run, cut('error-frame'))
    expect(met.value.constructor.name).toBe('APIError')
    expect(met.value.status).toBeUndefined()
    expect(met.value.type).toBe(run === rawChat || run === helpedChat ? 'server_error' : 'overloaded_error')
    expect(requests(met)).toBe(1)
  }
  const response = await meet(helpedResponse, cut('error-frame'))
  expect(response.value).toMatchObject({ message: expect.stringContaining('The server had an error') })
})

test('a stream that falls silent breaks when the fetch of Node gives up on it', async () => {
  for (const run of [rawChat, rawMessages, helpedChat, helpedMessages]) {
    const met = await meet(run, cut('stall'))
    expect(met.value.message).toBe('terminated')
    expect(met.trial.faults['model/stream-cut']?.landed).toBe(1)
    expect(met.trial.violations).toEqual([])
  }
  const raw = await meet(rawChat, cut('stall'))
  expect(raw.value.cause).toMatchObject({ name: 'BodyTimeoutError', code: 'UND_ERR_BODY_TIMEOUT' })
  expect(raw.ms).toBe(301_000)
})

test.each([
  ['chat', rawChat],
  ['messages', rawMessages],
])('a stream kept open by signs of life is waited for, for ever (%s)', async (_, run) => {
  const { ms, trial } = await meet(run, cut('pings'))
  expect(ms).toBeUndefined()
  expect(trial.ending).toBe('deadlock')
  expect(trial.faults['model/stream-cut']?.landed).toBe(1)
  expect(trial.violations.map(({ invariant }) => invariant)).toContain('run-liveness')
})

test('a stream that is cut before its first chunk is empty', async () => {
  expect((await meet(rawChat, cut('eof', { after: '0' }))).value).toBe('')
})

test('a frame that comes twice says its part twice', async () => {
  const twice = decided('model/duplicate-frame', { frame: 'content' })
  const { value, trial } = await meet(rawChat, twice)
  expect(value).toBe(beginning + text)
  expect(trial.faults['model/duplicate-frame']?.landed).toBe(1)
  const last = decided('model/duplicate-frame', { frame: 'last' })
  expect((await meet(rawMessages, last)).value.slice(-2)).toEqual(['message_stop', 'message_stop'])
})

test('two calls under one index are one call to who goes by the index', async () => {
  const collided = decided('model/index-collide')
  const { value } = await meet(helpedChat, collided, calling)
  expect(value.message ?? value.choices[0].message.tool_calls).toMatchObject([
    { function: { arguments: both.join('') } },
  ])
  const interleaved = decided('model/index-collide', { interleave: 'yes' })
  const mixed = await meet(helpedChat, interleaved, calling)
  expect(mixed.trial.faults['model/index-collide']?.landed).toBe(1)
})

test('these faults are only where an answer streams, a bad body only where it does not', async () => {
  const whole = await meet(() => openai().chat.completions.create(chat), cut('eof'), saying)
  expect(whole.trial.faults).toEqual({})
  expect((await meet(rawChat, decided('model/bad-body'))).trial.faults).toEqual({})
})
