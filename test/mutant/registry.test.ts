import { expect, it } from 'vitest'
import { findInvariant, invariants } from '../../src/check/registry.js'
import { mutants, mutate } from '../../src/mutant/registry.js'
import { agentOf } from '../unit/agent/small-world.js'
import { preserves } from './preserves.js'

const names = mutants.map(({ name }) => name)

it('every invariant is killed by the mutant that it names', () => {
  for (const { name, mutant } of invariants)
    expect({ name, killedBy: mutants.find((one) => one.name === mutant)?.killedBy }).toEqual({
      name,
      killedBy: expect.arrayContaining([name]),
    })
})

it('every mutant has a name of its own, says what it breaks, and names invariants that exist', () => {
  expect(new Set(names).size).toBe(names.length)
  for (const { name, breaks, killedBy } of mutants) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(breaks).toMatch(/^[A-Z].*\.$/)
    expect(killedBy.length).toBeGreaterThan(0)
    for (const invariant of killedBy) expect(findInvariant(invariant)?.name).toBe(invariant)
  }
})

it('every mutant is hunted somewhere', () => {
  expect(Object.keys(preserves).sort()).toEqual([...names].sort())
})

it('a mutant differs from its agent in its parts alone, and leaves the agent as it was', () => {
  const agent = agentOf([])
  for (const name of names) {
    const { parts, ...rest } = mutate(name, agent, () => 0)
    expect(Object.keys(parts).length).toBeGreaterThan(0)
    expect({ ...rest, parts: {} }).toEqual(agent)
  }
})

it('a name that no mutant has is refused, with the names there are', () => {
  expect(() => mutate('key-per-atempt', agentOf([]))).toThrowError(
    expect.objectContaining({ code: 'config', remedy: expect.stringContaining('key-per-attempt') }),
  )
})

it('a mutant that draws from outside says so when nothing was handed in', () => {
  const { retry } = mutate('ambient-jitter', agentOf([])).parts
  const policy = { attempts: 3, baseMs: 1, factor: 2, jitterMs: 1, maxDelayMs: 9 }
  const error = { class: 'unavailable', text: 'no', retryable: true } as const
  expect(() => retry?.(policy, { attempt: 1, error, jitter: 0, deadline: 99 }, 0, () => true)).toThrowError(
    expect.objectContaining({ code: 'config' }),
  )
})
