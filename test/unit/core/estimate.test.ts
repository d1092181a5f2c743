import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate, messageTokens, resultTokens } from '../../../src/core/estimate.js'

const text = fc.string({ unit: 'grapheme', maxLength: 200 })

describe('the estimate of tokens', () => {
  it('seed-154: is the same for the same text, and never below what the scripted model counts', () => {
    fc.assert(
      fc.property(text, (some) => {
        expect(estimate(some)).toBe(estimate(`${some}`))
        expect(estimate(some)).toBeGreaterThanOrEqual(Math.ceil(some.length / 4))
      }),
    )
  })

  it('seed-154: never falls when text is added, on either side', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(estimate(a + b)).toBeGreaterThanOrEqual(Math.max(estimate(a), estimate(b)))
        expect(estimate(a + b)).toBeLessThanOrEqual(estimate(a) + estimate(b))
      }),
    )
  })

  it('seed-154: counts letters, digits and other scripts by what they cost a tokenizer at worst', () => {
    expect(estimate('')).toBe(0)
    expect(estimate('abcdef')).toBe(2)
    expect(estimate('123456')).toBe(3)
    expect(estimate('日本')).toBe(4)
  })

  it('seed-148: adds up to 52,000 over ten turns of 5,000 behind 2,000', () => {
    const words = (tokens: number): string => 'a'.repeat(tokens * 3)
    const system = messageTokens({ role: 'system', text: words(2_000 - 4) })
    const asked = messageTokens({ role: 'user', text: words(500 - 4) })
    const call = { id: 'a', tool: 'abc', arguments: words(1_000 - 5) }
    const answered = messageTokens({ role: 'assistant', text: words(500 - 4), calls: [call] })
    const result = resultTokens(words(3_000 - 4))
    expect([system, asked, answered, result]).toEqual([2_000, 500, 1_500, 3_000])
    expect(system + 10 * (asked + answered + result)).toBe(52_000)
  })
})
