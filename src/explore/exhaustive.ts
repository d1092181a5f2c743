/** Every single fault, before any random one: most bugs need no more. */

import type { ChoiceKind } from '../kernel/source.js'
import type { VisitedSite } from '../kernel/tape.js'
import type { Job, Pair, TrialReport } from './hands.js'
import { isFault } from './pairs.js'

/** In this order, so that a bound drops what matters least. */
const order: readonly ChoiceKind[] = ['outcome', 'reaction', 'parameter', 'time', 'hold']

/** Letting one or two completions pass shows most of what more would. */
const holds: readonly string[] = ['1', '2']

const singlesBound = 2_000
const lateBound = 1_000

/** One job for each alternative that is not the first, at each site of the calm trial. `forPairs`: with all sites after it. */
export function singles(
  visited: readonly VisitedSite[],
  { bound = singlesBound, forPairs = false }: { bound?: number; forPairs?: boolean } = {},
): readonly Job[] {
  const jobs: Job[] = []
  for (const kind of order)
    for (const site of visited)
      if (site.kind === kind)
        for (const alternative of alternativesOf(site)) {
          if (jobs.length >= bound) return jobs
          jobs.push(single([[site.label, alternative]], forPairs && isFault(site) ? 'after' : keptOf(kind)))
        }
  return jobs
}

/**
 * A fault has details that exist only after it (a status, what the model does next): the same single with one of them.
 * `run` are singles with the report of each; one that broke something already is not extended.
 */
export function lateSingles(
  run: readonly (readonly [Job, TrialReport])[],
  calm: readonly VisitedSite[],
  bound = lateBound,
): readonly Job[] {
  const known = new Set(calm.map((site) => site.label))
  const jobs: Job[] = []
  for (const [job, report] of run) {
    if (job.source.kind !== 'replay' || report.record.violations.length > 0) continue
    for (const site of report.visited ?? []) {
      if (known.has(site.label) || site.kind === 'outcome') continue
      for (const alternative of alternativesOf(site)) {
        if (jobs.length >= bound) return jobs
        jobs.push(single([...job.source.decisions, [site.label, alternative]]))
      }
    }
  }
  return jobs
}

const alternativesOf = (site: VisitedSite): readonly string[] =>
  site.kind === 'hold' ? site.alternatives.filter((name) => holds.includes(name)) : site.alternatives.slice(1)

/** Only an outcome has details that are there because of it. */
const keptOf = (kind: ChoiceKind): Job['keepSites'] => (kind === 'outcome' ? 'late' : undefined)

const single = (decisions: readonly Pair[], keepSites?: Job['keepSites']): Job => ({
  origin: 'single',
  index: 0,
  source: { kind: 'replay', decisions },
  ...(keepSites && { keepSites }),
})
