/** Formulas are judged event by event as a naive reading of their meaning judges the whole history. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begun, concluded, type Met, progress } from '../../src/check/progress.js'
import { type AtOnce, type Formula, happens, type Term, temporal } from '../../src/check/temporal.js'

interface Happening {
  readonly name: string
  readonly seq: number
  readonly vt: number
}

/** Three values, as strong Kleene logic has them. */
type Truth = boolean | undefined

const both = (one: Truth, other: Truth): Truth =>
  one === false || other === false ? false : one === undefined || other === undefined ? undefined : true
const negation = (one: Truth): Truth => (one === undefined ? undefined : !one)
const either = (one: Truth, other: Truth): Truth => negation(both(negation(one), negation(other)))

/** The meaning, by its definition: of the events from `from` on, of which more may come unless they are whole. */
function meaning(term: Term, events: readonly Happening[], from: number, startedAt: number, isWhole: boolean): Truth {
  switch (term.kind) {
    case 'eventually': {
      const places = events.map((_, place) => place).slice(from)
      const seen = places.map((place) => isAt(term.moment, events, place, isWhole))
      return seen.reduce(either, isWhole ? false : undefined)
    }
    case 'until': {
      const reached = events.map((_, place) => place).slice(from)
      const here = (place: number): Truth =>
        place >= events.length
          ? isWhole
            ? false
            : undefined
          : either(
              isAt(term.goal, events, place, isWhole),
              both(isAt(term.hold, events, place, isWhole), here(place + 1)),
            )
      return reached.length === 0 ? (isWhole ? false : undefined) : here(from)
    }
    case 'not':
      return negation(meaning(term.inner, events, from, startedAt, isWhole))
    case 'within': {
      const end = events.findIndex(({ vt }, place) => place >= from && vt > startedAt + term.ms)
      const [inTime, isOver] = end < 0 ? [events, isWhole] : [events.slice(0, end), true]
      return meaning(term.inner, inTime, from, startedAt, isOver)
    }
    default:
      throw new Error('no user writes it')
  }
}

function isAt(moment: AtOnce, events: readonly Happening[], place: number, isWhole: boolean): Truth {
  if (moment.kind === 'not') return negation(isAt(moment.moment, events, place, isWhole))
  const event = events[place] as Happening
  if (event.name !== moment.name) return false
  const next = moment.test?.(event) ?? true
  return typeof next === 'object' ? meaning(next as Term, events, place + 1, event.vt, isWhole) : next
}

const names = ['crash', 'restart', 'storm-end'] as const
const { not, eventually, until, within } = temporal

const { formula } = fc.letrec<{ formula: Formula<any>; moment: ReturnType<typeof happens> }>((tie) => ({
  moment: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...names).map((name) => happens(name)),
    fc.constantFrom(...names).map((name) => happens(name, ({ seq }) => seq % 2 === 0)),
    tie('moment').map((one) => not(one)),
    fc.tuple(fc.constantFrom(...names), tie('formula')).map(([name, next]) => happens(name, () => next)),
  ),
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('moment').map((one) => eventually(one)),
    fc.tuple(tie('moment'), tie('moment')).map(([hold, goal]) => until(hold, goal)),
    tie('formula').map((one) => not(one)),
    fc.tuple(fc.nat(12), tie('formula')).map(([ms, one]) => within(ms, one)),
  ),
}))

const history = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.nat(6)), { maxLength: 9 })
  .map((drafts): readonly Happening[] => {
    let vt = 0
    return drafts.map(([name, later], seq) => {
      vt += later
      return { name, seq, vt }
    })
  })

const metAs = (event: Happening): Met => ({ ...event, as: (name) => (name === event.name ? event : undefined) })

describe('a formula', () => {
  it('means, event by event, what it means read as a whole; what is decided stays decided', () => {
    fc.assert(
      fc.property(formula as fc.Arbitrary<Formula<any>>, history, fc.boolean(), (one, events, isWhole) => {
        const term = one as Term
        const wanted = meaning(term, events, 0, 0, isWhole)
        let left = begun(term, 0)
        for (const event of events) {
          left = progress(left, metAs(event))
          if (left.kind === 'decided') expect(left.holds).toBe(wanted)
        }
        expect(concluded(left, isWhole)?.holds).toBe(wanted)
      }),
      { numRuns: 5000 },
    )
  })

  it('is decided, where no time bounds it, no later than its reading is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...names), history, (hold, goal, events) => {
        const term = until(not(happens(hold)), happens(goal)) as Term
        let left = term
        for (const [place, event] of events.entries()) {
          left = progress(left, metAs(event))
          const known = meaning(term, events.slice(0, place + 1), 0, 0, false)
          expect(left.kind === 'decided' ? left.holds : undefined).toBe(known)
        }
      }),
    )
  })
})
