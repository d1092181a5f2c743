import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf, type Budget, budgetOf, charge, remainder, reserve } from '../../../src/resilience/budget.js'

describe('a budget', () => {
  it('seed-7: what is spent and reserved never exceeds it while nobody uses more than was reserved', () => {
    const step = fc.record({ reserve: fc.nat(50), used: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(fc.nat(200), fc.array(step), (limit, steps) => {
        let budget: Budget = budgetOf(limit)
        const open: { amount: number; used: number }[] = []
        for (const { reserve: amount, used } of steps) {
          const next = reserve(budget, amount)
          if (next) {
            budget = next
            open.push({ amount, used: Math.floor(amount * used) })
          }
          expect(budget.spent + budget.reserved).toBeLessThanOrEqual(limit)
          if (open.length > 2) {
            const one = open.shift()!
            budget = charge(budget, one.amount, one.used)
          }
        }
      }),
    )
  })

  it('seed-202: is closed when it cannot be read, and 0 means none', () => {
    for (const garbage of [undefined, null, '5000', Number.NaN, -1, Number.POSITIVE_INFINITY, {}]) {
      expect(amountOf(garbage)).toBe(0)
      expect(reserve(budgetOf(garbage), 1)).toBeUndefined()
      expect(reserve(budgetOf(garbage), 0)).toBeUndefined()
    }
    expect(reserve(budgetOf(10), Number.NaN)).toBeUndefined()
  })

  it('charges what was used where that was more than reserved: then nothing is left', () => {
    const budget = charge(reserve(budgetOf(100), 60)!, 60, 120)
    expect(budget).toEqual({ limit: 100, spent: 120, reserved: 0 })
    expect(remainder(budget)).toBe(0)
  })
})
