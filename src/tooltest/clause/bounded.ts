/** However much a service has, one call asks for a bounded number of pages and returns what a model can read. */

import fc from 'fast-check'
import type { CaseHistory } from '../run/case-history.js'
import type { Stretch } from '../run/stretched.js'
import { broken, type Clause, held, type Judgement, notJudged, skip } from './clause.js'

/** More pages than this are read by nobody. */
const mostRequests = 100
/** Of a result as JSON: fifty thousand tokens. */
const mostCharacters = 200_000

const about: Readonly<Record<Stretch, string>> = {
  endless: 'a service that always has another page',
  huge: 'a service with lists of hundreds of kilobytes',
}

export const bounded: Clause = {
  name: 'bounded',
  says: 'pages and size bounded',
  weight: 1,
  plays: 1,
  beside: ({ facts }) =>
    facts.stretches ? undefined : notJudged('nothing that it was answered holds a list or leads to another page'),
  cases: ({ inputs }) =>
    fc
      .tuple(inputs.plain, fc.constantFrom<Stretch[]>('endless', 'huge'))
      .map(([input, stretch]) => [{ calls: [{ input }], troubles: [], stretch, about: about[stretch] }]),
  judge: ([history]) => (history ? judged(history) : skip),
  kept: (exercised) => `${exercised} calls of services without end`,
}

function judged(history: CaseHistory): Judgement {
  if (!history.isStretched) return skip
  const { length } = history.requests
  if (length > mostRequests)
    return broken(
      'it asks for page after page without an end',
      'give up after a number of pages, and say that there are more',
    )
  const outcome = history.calls[0]?.outcome
  const size = outcome?.kind === 'returned' ? sizeOf(outcome.value) : 0
  if (size <= mostCharacters) return held
  return broken(
    `it hands on all that there is: ${Math.round(size / 1_000)} kB for a model to read`,
    'cut lists, and say what was left out and how to ask for it',
  )
}

function sizeOf(value: unknown): number {
  try {
    return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).length
  } catch {
    return 0
  }
}
