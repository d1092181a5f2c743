/** Models in front of models: lanes, routes and caches. */

import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/core/clock.js'
import { type Model, type ModelAnswer, ModelError, type ModelRequest } from '../../../src/core/model.js'
import type { ErrorDetail } from '../../../src/core/outcome.js'
import { cached } from '../../../src/resilience/cached.js'
import { laned, nextInLane, type Waiting } from '../../../src/resilience/lanes.js'
import { routing } from '../../../src/resilience/route.js'

const usage = { inputTokens: 10, outputTokens: 5 }
const said = (text: string): ModelAnswer => ({ text, calls: [], stop: 'stop', usage })

const request = (text: string, turn = 1, more: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: 'user', text }],
  tools: [],
  signal: new AbortController().signal,
  turn,
  attempt: 1,
  ...more,
})

class Hands {
  now = 0
  readonly asked: string[] = []
  readonly timers: { at: number; then: () => void }[] = []
  readonly open: (() => void)[] = []

  readonly clock: Clock = {
    now: () => this.now,
    wall: () => this.now,
    after: (delayMs, then) => {
      const timer = { at: this.now + delayMs, then }
      this.timers.push(timer)
      return { cancel: () => void this.timers.splice(this.timers.indexOf(timer) >>> 0, 1) }
    },
  }

  /** Answers when `open` is called, or fails at once. */
  model(name: string, fails?: () => ErrorDetail | undefined): Model {
    return {
      '~model': true,
      answer: ({ messages }) => {
        this.asked.push(`${name} ${(messages[0] as { text: string }).text}`)
        const detail = fails?.()
        if (detail) return Promise.reject(new ModelError(detail))
        return new Promise((resolve) => this.open.push(() => resolve(said(name))))
      },
    }
  }

  async advance(toMs: number): Promise<void> {
    this.now = toMs
    for (const timer of this.timers.slice())
      if (timer.at <= toMs) {
        this.timers.splice(this.timers.indexOf(timer), 1)
        timer.then()
      }
    await settled()
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('seed-203: lanes', () => {
  const waiting = (...lanes: readonly [Waiting['lane'], number][]): Waiting[] =>
    lanes.map(([lane, since]) => ({ lane, since }))

  it('serve sessions under way before new ones, each in its order, and let age promote', () => {
    expect(nextInLane([], 0, 30_000)).toBe(-1)
    expect(nextInLane(waiting(['new', 0], ['new', 1]), 5, 30_000)).toBe(0)
    expect(nextInLane(waiting(['new', 0], ['resuming', 4], ['resuming', 5]), 5, 30_000)).toBe(1)
    expect(nextInLane(waiting(['new', 0], ['resuming', 4]), 30_000, 30_000)).toBe(0)
  })

  it('never pass more requests than may be in flight', async () => {
    const hands = new Hands()
    const model = laned(hands.model('m'), { inFlight: 1 }, hands.clock)
    const answers = [request('new-1'), request('new-2'), request('under way', 2)].map((one) => model.answer(one))
    await settled()
    expect(hands.asked).toEqual(['m new-1'])
    for (const text of ['m under way', 'm new-2']) {
      hands.open.shift()?.()
      await settled()
      expect(hands.asked.at(-1)).toBe(text)
    }
    hands.open.shift()?.()
    expect(await Promise.all(answers)).toEqual([said('m'), said('m'), said('m')])
  })

  it('refuse at once what is larger than the limit, and hold others until the minute has room', async () => {
    const hands = new Hands()
    const model = laned(hands.model('m'), { tokensPerMinute: 1_200, requestsPerMinute: 10 }, hands.clock)
    await expect(model.answer(request('x'.repeat(10_000)))).rejects.toMatchObject({ detail: { class: 'refused' } })
    void model.answer(request('one', 1, { maxOutputTokens: 700 }))
    void model.answer(request('two', 1, { maxOutputTokens: 700 }))
    await hands.advance(60_000)
    expect(hands.asked).toEqual(['m one'])
    await hands.advance(60_001)
    expect(hands.asked).toEqual(['m one', 'm two'])
  })

  it('forget who stops waiting', async () => {
    const hands = new Hands()
    const model = laned(hands.model('m'), { inFlight: 1 }, hands.clock)
    const controller = new AbortController()
    void model.answer(request('one'))
    const second = model.answer(request('two', 1, { signal: controller.signal }))
    const third = model.answer(request('three'))
    controller.abort(new Error('gave up'))
    await expect(second).rejects.toThrow('gave up')
    hands.open.shift()?.()
    await settled()
    expect(hands.asked).toEqual(['m one', 'm three'])
    hands.open.shift()?.()
    expect(await third).toEqual(said('m'))
  })
})

describe('seed-204: a route', () => {
  const limited = { class: 'rate-limited', text: '429', retryable: true, afterMs: 5_000 } as const

  it('takes the same conversation to the next model, and leaves the limited one alone as long as it asked', async () => {
    const hands = new Hands()
    let isOut = true
    const model = routing([hands.model('a', () => (isOut ? limited : undefined)), hands.model('b')], hands.clock)
    const ask = async (text: string): Promise<ModelAnswer> => {
      const answer = model.answer(request(text))
      await settled()
      hands.open.shift()?.()
      return answer
    }
    expect((await ask('one')).text).toBe('b')
    isOut = false
    hands.now = 4_999
    expect((await ask('two')).text).toBe('b')
    hands.now = 5_000
    expect((await ask('three')).text).toBe('a')
    expect(hands.asked).toEqual(['a one', 'b one', 'b two', 'a three'])
  })

  it('tells, where all are out, when the first comes back', async () => {
    const hands = new Hands()
    const away = { class: 'unavailable', text: '503', retryable: true, afterMs: 9_000 } as const
    const model = routing([hands.model('a', () => limited), hands.model('b', () => away)], hands.clock)
    await expect(model.answer(request('one'))).rejects.toMatchObject({ detail: { retryable: true, afterMs: 5_000 } })
    hands.now = 1_000
    await expect(model.answer(request('one'))).rejects.toMatchObject({
      detail: { class: 'rate-limited', afterMs: 4_000 },
    })
    expect(hands.asked).toEqual(['a one', 'b one'])
  })

  it('does not carry a refusal on: the next model would only repeat it', async () => {
    const hands = new Hands()
    const refused = { class: 'refused', text: '400', retryable: false } as const
    const model = routing([hands.model('a', () => refused), hands.model('b')], hands.clock)
    await expect(model.answer(request('one'))).rejects.toMatchObject({ detail: refused })
    expect(hands.asked).toEqual(['a one'])
  })
})

describe('seed-205: a cache', () => {
  const counting = (answer: () => ModelAnswer) => {
    let asked = 0
    const model: Model = {
      '~model': true,
      answer: async () => {
        asked++
        return answer()
      },
    }
    return { model, asked: () => asked }
  }

  it('asks once for identical prompts, gives the same content, and uses no tokens for it', async () => {
    const { model, asked } = counting(() => said(`plan ${asked()}`))
    const plan = cached(model)
    expect(await plan.answer(request('plan'))).toEqual(said('plan 1'))
    expect(await plan.answer(request('plan', 3))).toEqual({
      ...said('plan 1'),
      usage: { inputTokens: 0, outputTokens: 0 },
    })
    expect((await plan.answer(request('another'))).text).toBe('plan 2')
    expect(asked()).toBe(2)
  })

  it('is never used while an effect is pending', async () => {
    const { model, asked } = counting(() => said('go on'))
    const result = { id: 'p', tool: 'charge', content: 'nobody knows', outcome: 'unknown' as const }
    const pending = request('x', 2, { messages: [{ role: 'tool', results: [result] }] })
    const plan = cached(model)
    await plan.answer(pending)
    await plan.answer(pending)
    expect(asked()).toBe(2)
  })

  it('keeps no answer that was cut off, empty or failed, and no more answers than it may', async () => {
    const answers = [
      { ...said('half'), stop: 'length' as const },
      said(''),
      said('one'),
      said('two'),
      said('one again'),
    ]
    const { model, asked } = counting(() => answers[asked() - 1]!)
    const plan = cached(model, { entries: 1 })
    const texts: string[] = []
    for (const text of ['p', 'p', 'p', 'p', 'q', 'p']) texts.push((await plan.answer(request(text))).text)
    expect(texts).toEqual(['half', '', 'one', 'one', 'two', 'one again'])
  })
})
