/** A provider that meters: buckets of tokens and requests that fill evenly over a minute, and 429 where one is empty. */

import type { Clock } from '../core/clock.js'
import { type Model, ModelError, type ModelRequest } from '../core/model.js'

/** Holds at most what it gives in a minute, and begins full. */
class Bucket {
  readonly #perMinute: number
  readonly #now: () => number
  #level: number
  #filledAt: number

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute
    this.#now = now
    this.#level = perMinute
    this.#filledAt = now()
  }

  get level(): number {
    const now = this.#now()
    this.#level = Math.min(this.#perMinute, this.#level + ((now - this.#filledAt) * this.#perMinute) / 60_000)
    this.#filledAt = now
    return this.#level
  }

  /** Milliseconds until it holds `amount`; 0: now; infinite: it never will. */
  until(amount: number): number {
    if (amount > this.#perMinute) return Number.POSITIVE_INFINITY
    return Math.max(0, Math.ceil(((amount - this.level) * 60_000) / this.#perMinute))
  }

  take(amount: number): void {
    this.#level = this.level - amount
  }
}

export interface Meter {
  readonly tokens: Bucket
  readonly requests: Bucket
}

export const meter = (limits: { readonly tokens: number; readonly requests: number }, clock: Clock): Meter => ({
  tokens: new Bucket(limits.tokens, clock.now),
  requests: new Bucket(limits.requests, clock.now),
})

/** `costOf`: the tokens the provider counts. What is refused draws nothing; what is larger than the bucket is refused for good. */
export function meteredModel(
  model: Model,
  { tokens, requests }: Meter,
  costOf: (request: ModelRequest) => number,
): Model {
  return {
    '~model': true,
    answer: async (request) => {
      const cost = costOf(request)
      const afterMs = Math.max(tokens.until(cost), requests.until(1))
      if (afterMs === Number.POSITIVE_INFINITY) {
        const text = 'the request is larger than the limit'
        throw new ModelError({ class: 'refused', text, retryable: false, status: 400 })
      }
      if (afterMs > 0) {
        const text = 'the model answered 429'
        throw new ModelError({ class: 'rate-limited', text, retryable: true, status: 429, afterMs })
      }
      tokens.take(cost)
      requests.take(1)
      return model.answer(request)
    },
  }
}
