/** Two calls at once come to what one after the other would have come to, or one of them says that it could not. */

import fc from 'fast-check'
import { canonical, sameCanonical } from '../../core/json.js'
import type { Case } from '../run/case.js'
import type { CallHistory, CaseHistory } from '../run/case-history.js'
import type { Trouble } from '../run/trouble.js'
import { broken, type Clause, held, type Judgement, notJudged, skip } from './clause.js'
import { oneRequest } from './one-call.js'

export const concurrentSafe: Clause = {
  name: 'concurrent-safe',
  says: 'concurrent calls as if one after the other',
  weight: 3,
  plays: 5,
  beside: ({ facts }) =>
    facts.requestsPerCall === 0 ? notJudged('it asks nobody, so no two calls are ever under way') : undefined,
  cases: (kit) =>
    fc
      .record({
        one: kit.inputs.plain,
        other: kit.inputs.plain,
        delayed: fc.constantFrom(undefined, 0, 1),
        request: oneRequest(kit),
      })
      .map(({ one, other, delayed, request }) =>
        beside(one, other, delayed === undefined ? [] : [{ call: delayed, request, what: 'slow' }]),
      ),
  judge: (histories) => (histories.length === 5 ? judged(histories as Five) : skip),
  kept: (exercised) => `${exercised} pairs of calls`,
}

/** Together, in both orders, and each alone. */
function beside(one: unknown, other: unknown, troubles: readonly Trouble[]): readonly Case[] {
  const calm = (...inputs: readonly unknown[]): Case => ({ calls: inputs.map((input) => ({ input })), troubles: [] })
  return [
    { calls: [{ input: one }, { input: other, beside: true }], troubles, about: 'both at once' },
    { ...calm(one, other), about: 'one after the other' },
    { ...calm(other, one), about: 'one after the other' },
    calm(one),
    calm(other),
  ]
}

type Five = readonly [CaseHistory, CaseHistory, CaseHistory, CaseHistory, CaseHistory]

function judged([together, ahead, behind, first, second]: Five): Judgement {
  const [one, other] = together.calls as [CallHistory, CallHistory]
  if (sameCanonical(one.planned.input, other.planned.input)) return skip
  const done = doneIn(together)
  const orders = [doneIn(ahead), doneIn(behind)]
  const open = [...(threw(other) ? [doneIn(first)] : []), ...(threw(one) ? [doneIn(second)] : [])]
  if (![...orders, ...open].includes(done) && !(threw(one) && threw(other))) {
    // Where the order matters to what is done, something else than the two calls may have changed it, as the time of day does.
    return orders[0] === orders[1]
      ? { ...broken('two calls at once come to what no order of them comes to'), shows: [0, 1] }
      : skip
  }
  const mixed = [one, other].findIndex((call, at) => isMixed(call, valuesOf(at, ahead, behind)))
  if (mixed < 0) return held
  return { ...broken(`call ${mixed + 1} of two at once returns what it never returns alone`), shows: [0, 1] }
}

/** What a case left behind: the states of the user's backends, or where there are none the effects. */
function doneIn({ states, effects }: CaseHistory): string {
  if (Object.keys(states).length > 0) return canonical(states)
  return canonical(effects.map(({ backend, operation, input }) => canonical([backend, operation, input])).sort())
}

const threw = ({ outcome }: CallHistory): boolean => outcome.kind !== 'returned'

/** What the same call returned in either order. */
const valuesOf = (at: number, ahead: CaseHistory, behind: CaseHistory): readonly (CallHistory | undefined)[] => [
  ahead.calls[at],
  behind.calls[1 - at],
]

/** Another value than in both orders, where it was one and the same. */
function isMixed({ outcome }: CallHistory, calls: readonly (CallHistory | undefined)[]): boolean {
  if (outcome.kind !== 'returned') return false
  const values = calls.flatMap((call) => (call?.outcome.kind === 'returned' ? [text(call.outcome.value)] : []))
  return values.length === 2 && values[0] === values[1] && text(outcome.value) !== values[0]
}

const text = (value: unknown): string => (value === undefined ? 'undefined' : canonical(value))
