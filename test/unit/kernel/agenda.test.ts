/** The agenda: what comes next, who is held behind whom, and what no hold may pass. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Agenda, type Entry } from '../../../src/kernel/agenda.js'

/** Delivers all there is, as the world does it: the clock never goes back. Calls `run`s on the way. */
function drain(agenda: Agenda, onEach: (entry: Entry, now: number) => void = () => undefined): readonly Entry[] {
  const delivered: Entry[] = []
  let now = 0
  for (;;) {
    const entry = agenda.next()
    if (!entry) return delivered
    now = Math.max(now, entry.due)
    delivered.push(entry)
    onEach(entry, now)
    entry.run()
  }
}

const nothing = (): void => undefined

/** Names of what is delivered, in order: `[name, due, hold]`, a timer where the hold is missing. */
function orderOf(...entries: readonly (readonly [name: string, due: number, hold?: number])[]): string {
  const agenda = new Agenda()
  const names = new Map(
    entries.map(([name, due, hold]) => [
      agenda.add(due, hold === undefined ? 'timer' : 'completion', hold ?? 0, nothing),
      name,
    ]),
  )
  return drain(agenda)
    .map((entry) => names.get(entry))
    .join('')
}

const byDue = (a: Entry, b: Entry): number => a.due - b.due || a.sequence - b.sequence

describe('an agenda', () => {
  test('delivers by due time, and in the order of adding where it is equal', () => {
    expect(orderOf(['c', 30, 0], ['a', 10, 0], ['d', 30, 0], ['b', 20, 0], ['e', 30, 0])).toBe('abcde')
  })

  test('lets as many completions pass a held one as its hold says', () => {
    expect(orderOf(['a', 1, 2], ['b', 2, 0], ['c', 3, 0], ['d', 4, 0])).toBe('bcad')
  })

  test('counts a released completion among those that passed the ones held before it', () => {
    expect(orderOf(['a', 1, 2], ['b', 2, 1], ['c', 3, 0], ['d', 4, 0])).toBe('cbad')
  })

  test('delivers the held ones in their order when nobody is left to pass them', () => {
    expect(orderOf(['a', 1, 7], ['b', 2, 7], ['c', 3, 0])).toBe('cab')
  })

  test('delivers every held completion before a timer, however long the hold', () => {
    expect(orderOf(['a', 1, 7], ['b', 2, 0], ['T', 3], ['c', 4, 0])).toBe('baTc')
  })

  test('holds nothing against what is added before it is due', () => {
    const agenda = new Agenda()
    const names = new Map<Entry, string>()
    const add = (name: string, due: number, kind: Entry['kind'], hold: number, run = nothing): void =>
      void names.set(agenda.add(due, kind, hold, run), name)
    // With nothing else to come, both are held behind nobody, and the first comes at once: the second is not due yet.
    add('a', 0, 'completion', 7, () => {
      add('b', 3, 'completion', 7)
      add('T', 5, 'timer', 0)
      add('c', 6, 'completion', 0)
      add('e', 20, 'completion', 0)
    })
    add('d', 10, 'completion', 1)
    expect(drain(agenda).map((entry) => names.get(entry))).toEqual(['a', 'b', 'T', 'c', 'e', 'd'])
  })

  test('leaves out what was cancelled: it passes nobody, and bounds no hold', () => {
    const agenda = new Agenda()
    const held = agenda.add(1, 'completion', 1, nothing)
    const cancelled = agenda.add(2, 'completion', 0, nothing)
    const timer = agenda.add(3, 'timer', 0, nothing)
    const heldAndCancelled = agenda.add(3, 'completion', 5, nothing)
    const last = agenda.add(4, 'completion', 0, nothing)
    for (const entry of [cancelled, timer, heldAndCancelled]) entry.cancelled = true
    expect(drain(agenda)).toEqual([last, held])
  })

  test('forgets what is cancelled while it is held', () => {
    const agenda = new Agenda()
    const held = agenda.add(1, 'completion', 1, nothing)
    const first = agenda.add(2, 'completion', 0, () => {
      held.cancelled = true
    })
    expect(drain(agenda)).toEqual([first])
  })

  test('knows what is pending, the held ones included and the cancelled ones not', () => {
    const agenda = new Agenda()
    const held = agenda.add(1, 'completion', 7, nothing)
    agenda.add(2, 'completion', 0, nothing)
    const later = agenda.add(3, 'timer', 0, nothing)
    agenda.add(4, 'timer', 0, nothing).cancelled = true
    agenda.next()
    expect(new Set(agenda.pending())).toEqual(new Set([held, later]))
  })
})

interface Planned {
  readonly delay: number
  /** Undefined for a timer. */
  readonly hold: number | undefined
  /** Which earlier one adds it when it is delivered; undefined when it is there from the beginning. */
  readonly parent: number | undefined
}

const plans: fc.Arbitrary<readonly Planned[]> = fc.array(
  fc.record({
    delay: fc.nat(6),
    hold: fc.option(fc.nat(7), { nil: undefined, freq: 3 }),
    parent: fc.option(fc.nat(30), { nil: undefined, freq: 1 }),
  }),
  { maxLength: 30, size: 'max' },
)

interface Played {
  readonly added: readonly Entry[]
  readonly delivered: readonly Entry[]
  /** Holds as they were chosen, before they counted down. */
  readonly holds: ReadonlyMap<Entry, number>
  /** The clock at each delivery. */
  readonly times: readonly number[]
}

function play(planned: readonly Planned[]): Played {
  const agenda = new Agenda()
  const added: Entry[] = []
  const holds = new Map<Entry, number>()
  const times: number[] = []
  let now = 0
  const parentOf = planned.map(({ parent }, index) =>
    parent === undefined || index === 0 ? undefined : parent % index,
  )
  const addAllOf = (parent: number | undefined): void => {
    planned.forEach(({ delay, hold }, index) => {
      if (parentOf[index] !== parent) return
      const entry = agenda.add(now + delay, hold === undefined ? 'timer' : 'completion', hold ?? 0, () =>
        addAllOf(index),
      )
      added.push(entry)
      holds.set(entry, hold ?? 0)
    })
  }
  addAllOf(undefined)
  const delivered = drain(agenda, (_, at) => {
    now = at
    times.push(at)
  })
  expect(added).toHaveLength(planned.length)
  return { added, delivered, holds, times }
}

describe('for any choice of holds', () => {
  test('everything is delivered, once', () => {
    fc.assert(
      fc.property(plans, (planned) => {
        const { added, delivered } = play(planned)
        expect(delivered).toHaveLength(added.length)
        expect(new Set(delivered)).toEqual(new Set(added))
      }),
      { numRuns: 500 },
    )
  })

  test('the clock never passes a timer, and never delivers before the due time', () => {
    fc.assert(
      fc.property(plans, (planned) => {
        const { delivered, times } = play(planned)
        delivered.forEach((entry, index) => {
          if (entry.kind === 'timer') expect(times[index]).toBe(entry.due)
          else expect(times[index]).toBeGreaterThanOrEqual(entry.due)
        })
      }),
    )
  })

  test('nobody is passed by more completions than its hold says, nor by any timer', () => {
    fc.assert(
      fc.property(plans, (planned) => {
        const { delivered, holds } = play(planned)
        delivered.forEach((entry, index) => {
          const passed = delivered.slice(0, index).filter((other) => byDue(entry, other) < 0)
          if (entry.kind === 'completion') expect(passed.filter((other) => other.kind === 'timer')).toEqual([])
          expect(passed.length).toBeLessThanOrEqual(holds.get(entry) as number)
        })
      }),
    )
  })

  test('every order of completions is reached, by holds that say how many later ones come first', () => {
    const wanted = fc
      .integer({ min: 1, max: 8 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count }))
    fc.assert(
      fc.property(wanted, (order) => {
        const agenda = new Agenda()
        const entries = order.map((_, place) => {
          const laterAndFirst = order.slice(0, order.indexOf(place)).filter((other) => other > place)
          return agenda.add(place, 'completion', laterAndFirst.length, nothing)
        })
        expect(drain(agenda).map((entry) => entries.indexOf(entry))).toEqual(order)
      }),
    )
  })
})
