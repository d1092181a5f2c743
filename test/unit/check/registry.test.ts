import { describe, expect, it } from 'vitest'
import { findInvariant, invariants } from '../../../src/check/registry.js'

describe('the registry of invariants', () => {
  it('holds each invariant once, with everything a story needs', () => {
    expect(new Set(invariants.map((check) => check.name)).size).toBe(invariants.length)
    for (const check of invariants) {
      expect(check.name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(check.says).toMatch(/\.$/)
      expect(check.usual.length).toBeGreaterThan(20)
      expect(check.mutant).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(Object.keys(check.clauses).length).toBeGreaterThan(0)
    }
  })

  it('finds one by its name', () => {
    expect(findInvariant('tool-pairing')).toBe(invariants[0])
    expect(findInvariant('an order is refunded once')).toBeUndefined()
  })

  it('marks determinism alone as a relation', () => {
    expect(invariants.filter((check) => check.relation).map((check) => check.name)).toEqual(['determinism'])
  })
})
