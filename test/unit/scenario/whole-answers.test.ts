import { describe, expect, test } from 'vitest'
import { anthropic, chat, decided, meet, messages, openai, requests } from './sdk-met.js'

const asked = {
  openai:
    (more = {}) =>
    () =>
      openai(more).chat.completions.create(chat),
  anthropic:
    (more = {}) =>
    () =>
      anthropic(more).messages.create(messages),
}
const status = (code: string, more: Record<string, string> = {}) =>
  decided('model/http-error', { status: code, times: '10', ...more })

describe('a status, as the SDKs meet it', () => {
  test.each(['openai', 'anthropic'] as const)(
    '429 with retry-after 1: %s asks three times, a second apart',
    async (sdk) => {
      const met = await meet(asked[sdk](), status('429', { 'retry-after': '1' }))
      expect(met.value.constructor.name).toBe('RateLimitError')
      expect(met.gaps).toEqual([1_100, 1_100])
    },
  )

  test.each(['0', 'malformed', 'past'])(
    '429 with retry-after %s: a storm from openai, its own back-off from anthropic',
    async (after) => {
      const storm = await meet(asked.openai(), status('429', { 'retry-after': after }))
      expect(storm.gaps.map((gap) => gap - 100)).toEqual([expect.any(Number), expect.any(Number)])
      expect(Math.max(...storm.gaps)).toBeLessThanOrEqual(101)
      const calm = await meet(asked.anthropic(), status('429', { 'retry-after': after }))
      expect(calm.gaps[0]).toBeGreaterThanOrEqual(100 + 375)
      expect(calm.gaps[1]).toBeGreaterThanOrEqual(100 + 750)
    },
  )

  test.each(['openai', 'anthropic'] as const)('the exact header wins over the other: %s', async (sdk) => {
    expect((await meet(asked[sdk](), status('429', { 'retry-after': 'ms' }))).gaps).toEqual([150, 150])
  })

  test.each(['openai', 'anthropic'] as const)('an account that is spent is asked three times: %s', async (sdk) => {
    const met = await meet(asked[sdk](), status('429', { limit: 'quota' }))
    expect(requests(met)).toBe(3)
    expect(met.value.headers.get('retry-after')).toBeNull()
    if (sdk === 'openai') expect(met.value.code).toBe('insufficient_quota')
    else expect(met.value.error.error.details).toEqual({ error_code: 'enforced_spend_limit_reached' })
  })

  test('529 is retried, unless the provider says not to', async () => {
    expect(requests(await meet(asked.anthropic(), status('529')))).toBe(3)
    const told = await meet(asked.anthropic(), status('529', { 'should-retry': 'false' }))
    expect(told.value.status).toBe(529)
    expect(requests(told)).toBe(1)
  })

  test.each([
    ...['400', '401', '402', '403', '404', '413', '422'].map((code) => [code, 1] as const),
    ...['408', '409', '500', '502', '503', '504'].map((code) => [code, 3] as const),
  ])('%s is asked %i times by both', async (code, times) => {
    for (const sdk of ['openai', 'anthropic'] as const) {
      const met = await meet(asked[sdk](), status(code))
      expect({ sdk, status: met.value.status, times: requests(met) }).toEqual({ sdk, status: Number(code), times })
    }
  })

  test('once, it is mended by the next attempt', async () => {
    const { value } = await meet(asked.openai(), decided('model/http-error'))
    expect(value.choices[0].message.content).toBe('The order is on its way to you.')
  })

  test('an hour is waited for in no time', async () => {
    const { ms } = await meet(asked.openai(), decided('model/http-error', { status: '429', 'retry-after': 'huge' }))
    expect(ms).toBe(100 + 3_600_000 + 1_000)
  })
})

describe('a 200 that is no answer', () => {
  test.each(['openai', 'anthropic'] as const)('a page is the answer itself: %s', async (sdk) => {
    const met = await meet(asked[sdk](), decided('model/bad-body', { kind: 'html-200' }))
    expect(met.value).toMatch(/^<html>/)
    expect(requests(met)).toBe(1)
  })

  test.each(['broken-json', 'empty'])('%s is a SyntaxError of both, not asked for again', async (kind) => {
    for (const sdk of ['openai', 'anthropic'] as const) {
      const met = await meet(asked[sdk](), decided('model/bad-body', { kind }))
      expect(met.value).toBeInstanceOf(SyntaxError)
      expect(requests(met)).toBe(1)
    }
  })
})

test.each(['openai', 'anthropic'] as const)('an answer that never comes is given up three times: %s', async (sdk) => {
  const hang = ['1', '2', '3'].map((attempt) => [`model/t1/a${attempt}@time`, 'never'] as const)
  const met = await meet(asked[sdk]({ timeout: 200 }), hang)
  expect(met.value.constructor.name).toBe('APIConnectionTimeoutError')
  expect(requests(met)).toBe(3)
})
