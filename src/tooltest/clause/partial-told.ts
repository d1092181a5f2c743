/** When only a part of a call took effect, its caller is told so: by another end than when all of it did, or nothing. */

import fc from 'fast-check'
import { canonical, sameCanonical } from '../../core/json.js'
import type { Case } from '../run/case.js'
import type { CallOutcome, CaseHistory } from '../run/case-history.js'
import { broken, type Clause, doesNotApply, held, type Judgement, skip } from './clause.js'

export const partialTold: Clause = {
  name: 'partial-told',
  says: 'partial success is told',
  weight: 2,
  plays: 3,
  beside: ({ facts }) =>
    facts.changesAt.length < 2 ? doesNotApply('does not apply: a call changes one thing at most') : undefined,
  cases: ({ inputs, facts }) => {
    const [first = 0, ...later] = facts.changesAt
    return fc
      .tuple(inputs.plain, fc.constantFrom(...later))
      .map(([input, request]) => [
        { calls: [{ input }], troubles: [], about: 'nothing refused' },
        refusedAt(input, first, 'the first change refused'),
        refusedAt(input, request, 'a later change refused'),
      ])
  },
  judge: ([all, none, part]) => (all && none && part ? judged(all, none, part) : skip),
  kept: (exercised) => `${exercised} calls of which a part took effect`,
}

const refusedAt = (input: unknown, request: number, about: string): Case => ({
  calls: [{ input }],
  troubles: [{ call: 0, request, what: 'refused' }],
  about,
})

function judged(all: CaseHistory, none: CaseHistory, part: CaseHistory): Judgement {
  if (none.struck.length === 0 || part.struck.length === 0) return skip
  if (part.effects.length === 0 || part.effects.length >= all.effects.length) return skip
  // It took back what it had done: nothing is left to tell.
  if (part.effects.some(({ compensates }) => compensates !== undefined) || isUnchanged(part, none)) return held
  const [usual, failed, outcome] = [outcomeOf(all), outcomeOf(none), outcomeOf(part)]
  if (
    usual.kind === 'returned' &&
    outcome.kind === 'returned' &&
    sameCanonical(outcome.value ?? null, usual.value ?? null)
  )
    return { ...broken('returns as if all of it had worked when a part was refused'), shows: [2, 0] }
  if (none.effects.length === 0 && looksAlike(failed, outcome))
    return {
      ...broken('ends the same whether nothing or a part of it took effect: a caller cannot know what is left to do'),
      shows: [2, 1],
    }
  return held
}

const outcomeOf = ({ calls }: CaseHistory): CallOutcome => calls[0]?.outcome ?? { kind: 'waiting' }

const isUnchanged = (part: CaseHistory, none: CaseHistory): boolean =>
  Object.keys(part.states).length > 0 && none.effects.length === 0 && sameCanonical(part.states, none.states)

/** Messages are for people, but one that differs tells at least them. */
const looksAlike = (one: CallOutcome, other: CallOutcome): boolean =>
  one.kind === 'threw' && other.kind === 'threw'
    ? one.error.name === other.error.name &&
      one.error.message === other.error.message &&
      canonical(one.error.fields) === canonical(other.error.fields)
    : one.kind === 'returned' && other.kind === 'returned'
      ? sameCanonical(one.value ?? null, other.value ?? null)
      : false
