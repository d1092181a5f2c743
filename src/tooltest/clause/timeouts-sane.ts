/** Its time limits are neither shorter than an ordinary answer takes, nor, all tries together, longer than a caller waits. */

import fc from 'fast-check'
import type { Case } from '../run/case.js'
import type { CaseHistory } from '../run/case-history.js'
import { broken, type Clause, held, type Judgement, notJudged, skip } from './clause.js'
import { oneRequest } from './one-call.js'
import { longestMs } from './terminates.js'

/** More tries than this in one call are left unanswered by none of the cases. */
const mostTries = 20

export const timeoutsSane: Clause = {
  name: 'timeouts-sane',
  says: 'timeouts neither too short nor too long',
  weight: 2,
  plays: 2,
  beside: ({ facts }) => (facts.requestsPerCall === 0 ? notJudged('it asks nobody it could wait for') : undefined),
  cases: (kit) =>
    fc
      .tuple(kit.inputs.plain, oneRequest(kit), fc.boolean())
      .map(([input, request, isSilent]) => [
        { calls: [{ input }], troubles: [], about: 'with answers after 0.1 s' },
        isSilent ? silent(input) : slower(input, request),
      ]),
  judge: ([calm, struck]) => (calm && struck ? judged(calm, struck) : skip),
  kept: (exercised) => `${exercised} calls of slow and silent services`,
}

const slower = (input: unknown, request: number): Case => ({
  calls: [{ input }],
  troubles: [{ call: 0, request, what: 'slower' }],
  about: 'with an answer after 0.8 s',
})

const silent = (input: unknown): Case => ({
  calls: [{ input }],
  troubles: Array.from({ length: mostTries }, (_, request) => ({ call: 0, request, what: 'no-answer' as const })),
  about: 'with no answer to any try',
})

function judged(calm: CaseHistory, history: CaseHistory): Judgement {
  const [usual, call] = [calm.calls[0], history.calls[0]]
  if (!usual || !call || history.struck.length === 0) return skip
  const lastedMs = (call.endMs ?? Number.POSITIVE_INFINITY) - call.startMs
  if (history.planned.troubles.length > 1) {
    // A single try without a limit is another clause's matter.
    if (history.requests.length < 2) return skip
    if (lastedMs <= longestMs) return held
    const lasted = call.endMs === undefined ? 'for ever' : `${Math.round(lastedMs / 1_000)} s (simulated)`
    return {
      ...broken(`each of its ${history.requests.length} tries has a limit, and all of them together take ${lasted}`),
      shows: [1],
    }
  }
  if (usual.outcome.kind !== 'returned' || call.outcome.kind === 'returned')
    return usual.outcome.kind === 'returned' ? held : skip
  return broken(`it gives up after ${lastedMs} ms on an answer that took 0.8 s`)
}
