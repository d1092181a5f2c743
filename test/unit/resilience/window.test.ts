import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admitInWindow, rebased, type Window } from '../../../src/resilience/window.js'

const limit = 3

describe('a sliding window', () => {
  it('seed-48: admits at most its limit in any span, both ends included, and refused requests consume nothing', () => {
    const request = fc.record({ waitMs: fc.integer({ min: 0, max: 30_000 }), cost: fc.integer({ min: 1, max: 5 }) })
    fc.assert(
      fc.property(fc.array(request, { maxLength: 40 }), (requests) => {
        let window: Window = []
        let now = 0
        const admitted: { at: number; cost: number }[] = []
        for (const [index, { waitMs, cost }] of requests.entries()) {
          now += waitMs
          const used = admitted.filter(({ at }) => now - at <= 60_000).reduce((sum, one) => sum + one.cost, cost)
          const verdict = admitInWindow(limit, window, `r${index}`, now, cost)
          expect(verdict.kind).toBe(used <= 3 ? 'admitted' : 'refused')
          if (verdict.kind === 'refused') continue
          window = verdict.window
          admitted.push({ at: now, cost })
        }
      }),
    )
  })

  it('tells when a refused request would be admitted, and that none larger than the limit ever is', () => {
    const window: Window = [
      { name: 'a', at: 0, cost: 2 },
      { name: 'b', at: 10_000, cost: 1 },
    ]
    expect(admitInWindow(limit, window, 'c', 20_000)).toEqual({ kind: 'refused', afterMs: 40_001 })
    expect(admitInWindow(limit, window, 'c', 60_000).kind).toBe('refused')
    expect(admitInWindow(limit, window, 'c', 60_001).kind).toBe('admitted')
    expect(admitInWindow(limit, [], 'd', 0, 4)).toEqual({ kind: 'refused' })
    expect(admitInWindow(0, [], 'd', 0)).toEqual({ kind: 'refused' })
    expect(admitInWindow(Number.NaN, [], 'd', 0)).toEqual({ kind: 'refused' })
  })

  it('admits a name it knows again, for nothing', () => {
    const full: Window = ['a', 'b', 'c'].map((name) => ({ name, at: 0, cost: 1 }))
    expect(admitInWindow(limit, full, 'b', 5)).toEqual({ kind: 'admitted', window: full })
  })

  it('counts what seems to come from the future from now on', () => {
    expect(rebased([{ name: 'a', at: 900, cost: 1 }], 5)).toEqual([{ name: 'a', at: 5, cost: 1 }])
    const past: Window = [{ name: 'a', at: 4, cost: 1 }]
    expect(rebased(past, 5)).toBe(past)
  })
})
