/** Whoever catches an error can tell whether another try may help; and what was refused does not look as if it had been done. */

import fc from 'fast-check'
import { canonical, sameCanonical } from '../../core/json.js'
import type { CallOutcome, CaseHistory } from '../run/case-history.js'
import type { ErrorFacts } from '../run/error-facts.js'
import { broken, type Clause, held, type Judgement, notJudged, skip } from './clause.js'
import { oneRequest } from './one-call.js'

export const errorsTyped: Clause = {
  name: 'errors-typed',
  says: 'errors typed',
  weight: 2,
  plays: 3,
  beside: ({ facts }) => (facts.requestsPerCall === 0 ? notJudged('it asks nobody who could refuse') : undefined),
  cases: (kit) =>
    fc.tuple(kit.inputs.plain, oneRequest(kit)).map(([input, request]) => [
      { calls: [{ input }], troubles: [{ call: 0, request, what: 'rate-limited' }] },
      { calls: [{ input }], troubles: [{ call: 0, request, what: 'refused' }] },
      { calls: [{ input }], troubles: [] },
    ]),
  judge: ([busy, refused, calm]) => (busy && refused && calm ? judged(busy, refused, calm) : skip),
  kept: (exercised) => `${exercised} times, a 429 was told from a 422`,
}

function judged(busy: CaseHistory, refused: CaseHistory, calm: CaseHistory): Judgement {
  if (busy.struck.length === 0 || refused.struck.length === 0) return skip
  const [one, other, usual] = [outcomeOf(busy), outcomeOf(refused), outcomeOf(calm)]
  for (const outcome of [one, other]) {
    if (outcome.kind === 'threw' && !outcome.error.isError)
      return { ...broken(`throws ${article(outcome.error.name)}, which is no Error`), shows: [outcome === one ? 0 : 1] }
  }
  if (
    other.kind === 'returned' &&
    usual.kind === 'returned' &&
    isDoneLess(refused, calm) &&
    same(other.value, usual.value)
  )
    return { ...broken('returns as if it had worked when the service refuses'), shows: [1, 2] }
  if (one.kind === 'threw' && other.kind === 'threw' && !areTold(one.error, other.error))
    return {
      ...broken(`a 429 and a 422 throw the same ${other.error.name}: a caller cannot know that one may be retried`),
      shows: [0, 1],
    }
  if (one.kind === 'returned' && other.kind === 'returned' && isDoneLess(busy, calm) && same(one.value, other.value))
    return { ...broken('a 429 and a 422 return the same: a caller cannot know that one may be retried'), shows: [0, 1] }
  return held
}

const outcomeOf = ({ calls }: CaseHistory): CallOutcome => calls[0]?.outcome ?? { kind: 'waiting' }

/** A refused request may be one that the tool can do without. Where nothing took effect at all, it was not. */
const isDoneLess = (history: CaseHistory, calm: CaseHistory): boolean =>
  calm.effects.length > 0 && history.effects.length === 0

/** By class, code or any other field: what a message says is for people. */
const areTold = (one: ErrorFacts, other: ErrorFacts): boolean =>
  one.name !== other.name || canonical(one.fields) !== canonical(other.fields)

function same(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && sameCanonical(one, other))
}

const article = (type: string): string =>
  /^[aeiou]/.test(type) ? `an ${type}` : type === 'undefined' ? type : `a ${type}`
