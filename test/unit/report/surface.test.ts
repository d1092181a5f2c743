/** R(k, ε, λ) and the baked-in step against values that can be worked out by hand. */

import { describe, expect, it, test } from 'vitest'
import { bakedInAt } from '../../../src/report/baked-in.js'
import { pointsOf, reliability } from '../../../src/report/surface.js'
import { reworded, rewordingsOf } from '../../../src/scenario/reword.js'

const at = { epsilon: 0.1, lambda: 0.2 }

describe('R(k, ε, λ)', () => {
  // The estimator of pass^k of τ-bench (arXiv:2406.12045): 9 of 10 gives 0.9, 0.8, 0.6 and 0.2.
  test.each([
    [1, 0.9],
    [2, 0.8],
    [4, 0.6],
    [8, 0.2],
  ])('of one task with 9 of 10 is pass^%i', (k, value) => {
    expect(reliability([[{ ...at, trials: 10, goals: 9 }]], { k, ...at })).toBeCloseTo(value, 12)
  })
  it('is the mean over tasks, not of pooled trials', () => {
    const tasks = [[{ ...at, trials: 10, goals: 10 }], [{ ...at, trials: 10, goals: 0 }]]
    expect(reliability(tasks, { k: 8, ...at })).toBe(0.5)
  })
  it('is not defined where no task has k trials', () => {
    expect(reliability([[{ ...at, trials: 4, goals: 4 }]], { k: 8, ...at })).toBeUndefined()
    expect(reliability([[{ ...at, trials: 9, goals: 9 }]], { k: 8, epsilon: 0, lambda: 0.2 })).toBeUndefined()
  })
  it('never rises with k', () => {
    const cells = [[{ ...at, trials: 16, goals: 13 }]]
    const values = [1, 2, 4, 8].map((k) => reliability(cells, { k, ...at }) as number)
    expect(values).toEqual([...values].sort((one, other) => other - one))
  })
  it('lists its points by λ, then ε, each once', () => {
    const cell = { trials: 1, goals: 1 }
    const one = [
      { epsilon: 0.1, lambda: 0.1, ...cell },
      { epsilon: 0, lambda: 0.1, ...cell },
    ]
    expect(pointsOf([one, [{ epsilon: 0.1, lambda: 0, ...cell }, ...one]])).toEqual([
      { epsilon: 0.1, lambda: 0 },
      { epsilon: 0, lambda: 0.1 },
      { epsilon: 0.1, lambda: 0.1 },
    ])
  })
})

describe('the baked-in step', () => {
  const point = (broken: number, seq: number) => ({ seq, what: '', broken })
  it('is where the share rises most', () => {
    const curve = { trials: 100, points: [point(2, 0), point(2, 3), point(97, 7), point(100, 9)] }
    expect(bakedInAt(curve)).toEqual({ at: point(97, 7), before: 0.02, after: 0.97 })
  })
  it('is nowhere where the share never rises', () => {
    expect(bakedInAt({ trials: 10, points: [point(4, 0), point(4, 2), point(1, 3)] })).toBeUndefined()
    expect(bakedInAt({ trials: 10, points: [] })).toBeUndefined()
  })
})

describe('rewording', () => {
  const prompt = 'Please book the cheapest flight on 2026-03-05. I want a window seat.'
  it('names what would change the prompt', () => {
    expect(rewordingsOf(prompt)).toEqual(['synonym', 'date-format', 'reorder', 'distractor'])
    expect(rewordingsOf('Refund A-7')).toEqual(['distractor'])
    expect(rewordingsOf('')).toEqual([])
  })
  it('keeps the meaning', () => {
    expect(reworded(prompt, ['synonym', 'date-format'])).toBe(
      'Please book the least expensive flight on 5 March 2026. I wish for a window seat.',
    )
    expect(reworded(prompt, ['reorder'])).toBe('I want a window seat. Please book the cheapest flight on 2026-03-05.')
    expect(reworded('On 2026-13-05', ['date-format'])).toBe('On 2026-13-05')
  })
})
