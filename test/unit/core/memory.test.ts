import { describe, expect, it } from 'vitest'
import { latencyOf, tiers } from '../../../src/core/memory.js'

describe('the tiers of memory', () => {
  it.each([
    ['active', 'prompt', 0, 0],
    ['summary', 'prompt', 0, 0],
    ['episodic', 'session', 5, 50],
    ['semantic', 'every session', 10, 100],
    ['procedural', 'version', 0, 0],
  ] as const)('seed-155: %s serves the %s and takes %i to %i ms', (name, scope, least, most) => {
    const tier = tiers[name]
    expect(tier.scope).toBe(scope)
    expect([latencyOf(tier, 0), latencyOf(tier, 1), latencyOf(tier, 9)]).toEqual([least, most, most])
    expect(latencyOf(tier, 0.5)).toBe(Math.round((least + most) / 2))
  })

  it('seed-155: bounds what stands in a prompt', () => {
    expect([tiers.active.tokens, tiers.summary.tokens]).toEqual([200_000, 10_000])
  })
})
