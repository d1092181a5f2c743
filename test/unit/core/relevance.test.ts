import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidate, recencyOf, scoreOf, select } from '../../../src/core/relevance.js'
import { hashingEmbedder, similarity } from '../../../src/core/vector.js'

const unit = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000)
const words = fc.array(fc.constantFrom('ship', 'storm', 'agent', 'refund', 'order', 'book'), {
  minLength: 1,
  maxLength: 8,
})
const candidate = fc
  .record({ name: fc.integer(), words, importance: unit, ageMs: fc.integer({ min: 0, max: 1e7 }) })
  .map(({ name, words, importance, ageMs }): Candidate => {
    const text = words.join(' ')
    return { id: `m${name}`, text, importance, ageMs, vector: hashingEmbedder(text) }
  })
const even = { recency: 1, importance: 1, relevance: 1 }
const query = hashingEmbedder('refund the order')

describe('the hashing embedder', () => {
  it('seed-157: gives the same text the same vector, of length 1, and itself as its nearest', () => {
    fc.assert(
      fc.property(words, (some) => {
        const vector = hashingEmbedder(some.join(' '))
        expect(hashingEmbedder(some.join(' '))).toEqual(vector)
        expect(similarity(vector, vector)).toBeCloseTo(1, 10)
      }),
    )
    expect(similarity(hashingEmbedder(''), query)).toBe(0)
    expect(similarity([1, 2], [1, 2, 3])).toBe(0)
  })
})

describe('the retrieval score', () => {
  it('seed-159: rises with each of its three terms', () => {
    fc.assert(
      fc.property(candidate, candidate, (a, b) => {
        const better = { ...a, importance: Math.max(a.importance, b.importance), ageMs: Math.min(a.ageMs, b.ageMs) }
        expect(scoreOf(better, query, even, 1_000)).toBeGreaterThanOrEqual(scoreOf(a, query, even, 1_000))
        const nearer = { ...a, vector: query }
        expect(scoreOf(nearer, query, even, 1_000)).toBeGreaterThanOrEqual(scoreOf(a, query, even, 1_000) - 1e-12)
      }),
    )
  })

  it('seed-159: never rises with age, however old', () => {
    expect(recencyOf(3_821_000, 1_000)).toBeLessThanOrEqual(recencyOf(1_000_001, 1_000))
  })

  it('seed-159: keeps each term between 0 and 1, and halves recency each half-life', () => {
    expect([0, 500, 1_000, 2_000, -5].map((ageMs) => recencyOf(ageMs, 1_000))).toEqual([1, 0.75, 0.5, 0.25, 1])
    expect(recencyOf(Number.MAX_SAFE_INTEGER, 1)).toBeGreaterThanOrEqual(0)
    const score = scoreOf({ id: 'a', text: '', importance: 7, ageMs: 0, vector: query }, query, even, 1_000)
    expect(score).toBeLessThanOrEqual(3.000001)
  })

  it('seed-159: is relevance alone without the other weights', () => {
    const options = { weights: { recency: 0, importance: 0, relevance: 1 }, halfLifeMs: 1_000, similarity: 2, items: 9 }
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ text }) => text, maxLength: 9 }), (candidates) => {
        const near = select(candidates, query, options).map(({ vector }) => similarity(vector, query))
        expect(near).toEqual([...near].sort((a, b) => b - a))
      }),
    )
  })

  it('seed-157: chooses the same items whatever order they were put in', () => {
    const options = { weights: even, halfLifeMs: 60_000, similarity: 0.95, items: 3 }
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 12 }), fc.integer(), (all, turn) => {
        const places = all.length === 0 ? 0 : Math.abs(turn) % all.length
        const turned = [...all.slice(places), ...all.slice(0, places)].reverse()
        expect(select(turned, query, options)).toEqual(select(all, query, options))
      }),
    )
  })

  it('seed-151: chooses no two items that say the same', () => {
    const options = { weights: even, halfLifeMs: 60_000, similarity: 0.9, items: 12 }
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 12 }), (all) => {
        const chosen = select(all, query, options)
        for (const [index, one] of chosen.entries()) {
          for (const other of chosen.slice(index + 1)) {
            expect(one.text).not.toBe(other.text)
            expect(similarity(one.vector, other.vector)).toBeLessThan(0.9)
          }
        }
      }),
    )
  })
})
