import { describe, expect, it } from 'vitest'
import {
  admit,
  askShared,
  type BreakerState,
  count,
  type SharedBreaker,
  sharedBreaker,
  tellShared,
} from '../../../src/resilience/breaker.js'

const policy = { failures: 2, resetMs: 30_000 }
const ask = (state: SharedBreaker, name: string, at: number, probeMs = 1_000) =>
  askShared((one, now) => admit(policy, one, name, now), state, at, probeMs)
const tell = (state: SharedBreaker, name: string, health: 'ok' | 'failed', at = 0, generation = state.generation) =>
  tellShared((one: BreakerState) => count(policy, one, { attempt: name, generation, health }, at), state, name)

/** As a store keeps it. */
const stored = (state: SharedBreaker): SharedBreaker => sharedBreaker(JSON.parse(JSON.stringify(state)))
const opened = stored(tell(tell(sharedBreaker(undefined), 'a', 'failed', 10), 'b', 'failed', 20))

describe('seed-112: a breaker that instances share', () => {
  it('counts an attempt once, however often it is told', () => {
    const once = tell(sharedBreaker(null), 'a', 'failed')
    expect(once.failures).toBe(1)
    expect(tell(stored(once), 'a', 'failed')).toEqual(stored(once))
    expect(opened).toMatchObject({ kind: 'open', openedAt: 20 })
  })

  it('lets one probe through, and again only its holder', () => {
    expect(ask(opened, 'p', 30_019)[1]).toBe('refused')
    const [half, verdict] = ask(opened, 'p', 30_020)
    expect(verdict).toBe('admitted')
    expect(ask(stored(half), 'q', 30_021)[1]).toBe('refused')
    expect(ask(stored(half), 'p', 30_021)).toEqual([stored(half), 'admitted'])
  })

  it('frees the place of a probe whose holder died, and what that one says later moves nothing', () => {
    const [half] = ask(opened, 'p', 30_020)
    expect(ask(stored(half), 'q', 31_019)[1]).toBe('refused')
    const [next, verdict] = ask(stored(half), 'q', 31_020)
    expect(verdict).toBe('admitted')
    expect(tell(stored(next), 'p', 'failed', 31_100, half.generation)).toEqual(stored(next))
    expect(tell(stored(next), 'q', 'ok', 31_100)).toMatchObject({ kind: 'closed', failures: 0 })
  })

  it('is not held open or half-open by a clock that began anew', () => {
    const later = { ...opened, openedAt: 5_000_000 }
    const [rewound, verdict] = ask(later, 'p', 100)
    expect([verdict, rewound.openedAt]).toEqual(['refused', 100])
    expect(ask(rewound, 'p', 30_100)[1]).toBe('admitted')
    const [half] = ask(opened, 'p', 9_000_000)
    expect(ask(stored(half), 'q', 50)[1]).toBe('admitted')
  })

  it('is closed where the cell holds no breaker', () => {
    for (const garbage of [undefined, null, 'open', 5, {}, []]) expect(sharedBreaker(garbage).kind).toBe('closed')
  })
})
