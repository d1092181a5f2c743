import { describe, expect, it } from 'vitest'
import { defineInvariant, toCheck } from '../../../src/check/define-invariant.js'
import { judge } from '../../../src/check/judge.js'
import { invariants } from '../../../src/check/registry.js'
import type { AnyEvent } from '../../../src/core/event.js'
import type { History } from '../../../src/core/history.js'
import { historyOf, own, prompted, rest, runEnd, runSettled, runStart, user, verdict } from './history-of.js'

const sound = historyOf(own, [runStart(), runEnd(), runSettled('completed'), rest()])
const watched = invariants.filter(({ relation }) => !relation)

/** What every verdict says: all are unknown, for one reason. */
function reasonOf(history: unknown): string {
  const verdicts = judge(history as History)
  expect(verdicts.map(({ invariant }) => invariant)).toEqual(watched.map(({ name }) => name))
  expect(new Set(verdicts.map(({ verdict: one }) => one))).toEqual(new Set(['unknown']))
  const [reason, ...others] = new Set(verdicts.map((one) => one.reason))
  expect(others).toEqual([])
  return reason ?? ''
}

const withEvents = (change: (events: readonly AnyEvent[]) => readonly unknown[]) => ({
  ...sound,
  events: change(sound.events),
})

describe('a history from elsewhere', () => {
  it('that is sound is judged', () => {
    expect(judge(sound).filter(({ verdict: one }) => one !== 'valid')).toEqual([])
  })

  it('that is out of order is judged by nobody, and the event is named', () => {
    expect(reasonOf(withEvents((events) => events.toReversed()))).toBe(
      'event 1 of this history is out of order: its seq 2 comes after 3',
    )
    const twice = withEvents((events) => [events[0], ...events])
    expect(reasonOf(twice)).toBe('event 1 of this history is out of order: its seq 0 comes after 0')
    const back = withEvents((events) => events.map((event, place) => ({ ...event, vt: 10 - place })))
    expect(reasonOf(back)).toBe('event 1 of this history is out of order: its vt 9 comes after 10')
  })

  it('that is of another version is judged by nobody', () => {
    const renamed = withEvents((events) => events.map((event) => ({ ...event, type: `run/${event.type}` })))
    expect(reasonOf(renamed)).toContain('"run/run-start", which this version does not know')
    expect(reasonOf({ ...sound, facts: {} })).toContain('no facts that this version reads')
    const ofObject = withEvents((events) => [{ ...events[0], type: 'toString' }])
    expect(reasonOf(ofObject)).toContain('"toString", which this version does not know')
  })

  it.each([
    [undefined, 'this is no history'],
    [[], 'this is no history'],
    [{ facts: own }, 'no list of events'],
    [{ facts: own, events: [null] }, 'event 0 of this history is no object'],
    [{ facts: own, events: [{}] }, 'event 0 of this history has no type'],
    [{ facts: own, events: [{ type: 'rest' }] }, 'lacks its seq, vt, lane or incarnation'],
    [{ facts: own, events: [{ type: 'rest', seq: 0, vt: Number.NaN, lane: '', incarnation: 1 }] }, 'out of order'],
  ])('that is broken is told: %j', (history, reason) => {
    expect(reasonOf(history)).toContain(reason)
  })

  it('whose end is missing leaves open what should have come in the end, whatever it says of itself', () => {
    const cut = withEvents((events) => events.slice(0, 1)) as History
    const byName = new Map(judge(cut).map((one) => [one.invariant, one]))
    expect(byName.get('run-liveness')).toMatchObject({
      verdict: 'unknown',
      reason: 'the trial ended by a budget before the world came to rest',
    })
    expect(byName.get('at-most-once-effect')?.verdict).toBe('valid')
  })
})

describe('a promise of a user that writes to what it is given', () => {
  const promise = defineInvariant({
    name: 'tidies-up',
    says: 'Nothing is left.',
    start: () => ({}),
    on: {
      'prompt-received': (_state, { messages }, { held }) => {
        ;(messages as unknown[]).length = 0
        return held
      },
    },
  })

  it('is unknown, says so, and has changed nothing that others read', () => {
    const check = toCheck(promise, [])
    const history = historyOf(own, [runStart(), prompted(1, [user]), rest()])
    const before = JSON.stringify(history)
    const [told] = judge(history, [check])
    expect(told).toMatchObject({ verdict: 'unknown', arose: 0 })
    expect(told?.reason).toMatch(/^the check threw at event 1: Cannot .*read.?only/i)
    expect(JSON.stringify(history)).toBe(before)
    expect(verdict(check, own, [runStart()]).verdict).toBe('valid')
  })
})
