/** Every pair of faults: a single one, and with it each of those that can still strike after it. Near ones first. */

import type { VisitedSite } from '../kernel/tape.js'
import type { Job, Pair, TrialReport } from './hands.js'
import { callOf } from './label.js'

/** How near the two faults of a pair are: at one call, in one turn, anywhere. */
export const reaches = ['call', 'turn', 'all'] as const
export type Reach = (typeof reaches)[number]

/** So many pairs a scenario at most; the nearest are kept. */
const pairsBound = 50_000

/**
 * `run`: the single faults of the calm day, each with the report of its trial, which keeps the sites that were reached after it:
 * half of the pairs that matter have a second site that is there only because of the first. A single that broke something already
 * is not extended, nor one that never landed, as its pairs are singles too.
 */
export function pairs(run: readonly (readonly [Job, TrialReport])[], reach: Reach, bound = pairsBound): readonly Job[] {
  const byReach = reaches.map((): Job[] => [])
  const furthest = reaches.indexOf(reach)
  for (const [{ source }, report] of run) {
    if (source.kind !== 'replay' || !isWorthMore(report)) continue
    const [[first]] = source.decisions as readonly [Pair]
    for (const site of report.visited ?? []) {
      if (!isFault(site)) continue
      const distance = distanceOf(first, site.label)
      if (distance > furthest) continue
      for (const alternative of site.alternatives.slice(1))
        byReach[distance]?.push(pair([...source.decisions, [site.label, alternative]]))
    }
  }
  return byReach.flat().slice(0, bound)
}

const isWorthMore = ({ record }: TrialReport): boolean =>
  record.violations.length === 0 && Object.values(record.faults).some(({ landed }) => landed > 0)

/** Details of a fault, answer times and orders are left to other searches: there are too many of them. */
export const isFault = ({ kind }: Pick<VisitedSite, 'kind'>): boolean => kind === 'outcome' || kind === 'reaction'

function distanceOf(first: string, second: string): number {
  const [one, other] = [callOf(first), callOf(second)]
  if (one === other) return 0
  return turnOf(one) === turnOf(other) ? 1 : 2
}

/** `t3.c0` and `t3` → `t3`. */
const turnOf = (call: string): string => call.replace(/\..*$/, '')

const pair = (decisions: readonly Pair[]): Job => ({ origin: 'pair', index: 0, source: { kind: 'replay', decisions } })
