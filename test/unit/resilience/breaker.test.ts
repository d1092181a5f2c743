import { describe, expect, it } from 'vitest'
import { admit, type BreakerState, closedBreaker, count, type Health } from '../../../src/resilience/breaker.js'

const policy = { failures: 3, resetMs: 30_000 }
const ended = (state: BreakerState, attempt: string, health: Health, now = 0): BreakerState =>
  count(policy, state, { attempt, generation: state.generation, health }, now)
const opened = (): BreakerState =>
  ['a', 'b', 'c'].reduce((state, name) => ended(state, name, 'failed', 50), closedBreaker)

describe('a breaker', () => {
  it('opens at the third failure in a row; a success starts the count again', () => {
    const healths: Health[] = ['failed', 'failed', 'ok', 'failed', 'neutral', 'failed']
    const state = healths.reduce((before, health) => ended(before, 'a', health), closedBreaker)
    expect(state).toMatchObject({ kind: 'closed', failures: 2 })
    expect(ended(state, 'a', 'failed', 50)).toMatchObject({ kind: 'open', openedAt: 50 })
  })

  it('seed-107: opens at the third failed attempt, refuses after 29.999 s and probes after 30 s', () => {
    const twice = ended(ended(closedBreaker, 'a', 'failed', 10), 'b', 'failed', 20)
    expect(twice.kind).toBe('closed')
    const open = ended(twice, 'c', 'failed', 30)
    expect(open).toMatchObject({ kind: 'open', openedAt: 30 })
    expect(admit(policy, open, 'p', 30_029)[1]).toBe('refused')
    expect(admit(policy, open, 'p', 30_030)).toMatchObject([{ kind: 'half-open', probe: 'p' }, 'admitted'])
  })

  it('admits nobody while open, then one probe', () => {
    const open = opened()
    expect(admit(policy, open, 'p', 30_049)).toEqual([open, 'refused'])
    const [half, verdict] = admit(policy, open, 'p', 30_050)
    expect(verdict).toBe('admitted')
    expect(admit(policy, half, 'q', 30_051)).toEqual([half, 'refused'])
    expect(ended(half, 'p', 'ok')).toMatchObject({ kind: 'closed', failures: 0 })
    expect(ended(half, 'p', 'failed', 40_000)).toMatchObject({ kind: 'open', openedAt: 40_000 })
  })

  it('gives the place of a probe that said nothing to the next one', () => {
    const [half] = admit(policy, opened(), 'p', 30_050)
    expect(admit(policy, ended(half, 'p', 'neutral'), 'q', 30_051)[1]).toBe('admitted')
  })

  it('is not moved by attempts that started before its last move', () => {
    const open = opened()
    const straggler = { attempt: 'old', generation: 0, health: 'failed' as const }
    expect(count(policy, open, straggler, 900)).toBe(open)
    const [half] = admit(policy, open, 'p', 30_050)
    expect(count(policy, half, { ...straggler, health: 'ok' }, 30_051)).toBe(half)
  })
})
