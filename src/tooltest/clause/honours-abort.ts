/** After its signal has aborted, a call ends, and nothing more is begun. */

import fc from 'fast-check'
import type { CallHistory, CaseHistory } from '../run/case-history.js'
import { broken, type Clause, held, type Judgement, notJudged, skip } from './clause.js'
import { oneRequest } from './one-call.js'

/** When the answer to the first request is on its way. */
const underWayMs = 50
/** How long one request takes. */
const requestMs = 100
/** So much later than the abort a call may end. */
const graceMs = 1_000

export const honoursAbort: Clause = {
  name: 'honours-abort',
  says: 'honours abort',
  weight: 2,
  plays: 1,
  beside: ({ facts }) =>
    facts.requestsPerCall === 0 ? notJudged('it asks nobody, so there is nothing to stop') : undefined,
  cases: (kit) =>
    fc
      .record({
        input: kit.inputs.plain,
        isUnderWay: fc.boolean().map((not) => !not),
        request: oneRequest(kit),
      })
      .map(({ input, isUnderWay, request }) => [
        isUnderWay
          ? {
              calls: [{ input, abortAtMs: request * requestMs + underWayMs }],
              troubles: [{ call: 0, request, what: 'slow' as const }],
            }
          : { calls: [{ input, abortAtMs: 0 }], troubles: [] },
      ]),
  judge: ([history]) => (history ? judged(history) : skip),
  kept: (exercised) => `${exercised} aborts, nothing begun after one`,
}

const hint = 'pass the signal on: fetch(url, { signal })'

function judged(history: CaseHistory): Judgement {
  const call = history.calls[0] as CallHistory
  const { abortAtMs = 0 } = call.planned
  const abortedMs = call.startMs + abortAtMs
  if (abortAtMs > 0 && (call.endMs ?? Number.POSITIVE_INFINITY) <= abortedMs) return skip
  const aborted = abortAtMs === 0 ? 'aborted before it began' : `aborted at ${abortAtMs} ms`
  const effect = history.effects.find(({ atMs }) => atMs > abortedMs || abortAtMs === 0)
  const landed = effect && `its effect landed at ${effect.atMs} ms`
  const late = history.requests.find(({ atMs }) => atMs > abortedMs || abortAtMs === 0)
  if (late) return broken(`${aborted}; ${landed ?? `a request was sent at ${late.atMs} ms`}`, hint)
  if (call.endMs === undefined) return broken(`${aborted}; it is still waiting`, hint)
  if (call.endMs <= abortedMs + graceMs) return held
  return broken(`${aborted}; ${landed ?? 'it went on'}${landed ? ', and it went on' : ''} until ${call.endMs} ms`, hint)
}
