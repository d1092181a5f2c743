/** From what a trial leaves in memory to what crosses to a campaign: plain JSON, and small unless something broke. */

import type { VisitedSite } from '../kernel/tape.js'
import type { TrialRecord } from '../report/record.js'
import type { TrialResult } from '../scenario/trial-result.js'
import type { Job, TrialReport } from './hands.js'
import { type OpenedSource, sourceText } from './source-spec.js'

/** What the trial says of one invariant; the watch adds whether it concerned the agent, users' fakes need not. */
type Told = TrialResult['verdicts'][number] & { readonly concerned?: boolean }

const nothing: ReadonlySet<string> = new Set()

/** `concerned`: what the calm trial showed already. */
export function trialReport(
  job: Job,
  result: TrialResult,
  source: OpenedSource,
  concerned: ReadonlySet<string> = nothing,
): TrialReport {
  const broke = result.violations.length > 0 || result.problems.length > 0
  const visited = job.keepSites && result.visited ? kept(job, result.visited) : undefined
  return {
    record: trialRecord(job, result),
    decisions: broke ? result.decisions : [],
    ...(visited && { visited }),
    problems: result.problems,
    console: broke ? result.console : [],
    unknown: result.violations.length === 0 && result.verdicts.some(({ verdict }) => verdict === 'unknown'),
    concerned: concernedIn(result).filter((name) => !concerned.has(name)),
    unmet: source.unconsumed?.() ?? [],
  }
}

/** The invariants that concern this agent, as far as this trial shows. */
const concernedIn = (result: TrialResult): readonly string[] =>
  (result.verdicts as readonly Told[]).flatMap((told) =>
    told.concerned === false || told.arose > 0 ? [] : [told.invariant],
  )

function trialRecord(job: Job, result: TrialResult): TrialRecord {
  const arose: Record<string, number> = {}
  for (const verdict of result.verdicts) arose[verdict.invariant] = verdict.arose
  return {
    scenario: result.scenario,
    origin: job.origin,
    index: job.index,
    seed: job.source.kind === 'replay' ? '' : job.source.seed,
    source: sourceText(job.source),
    status: result.status,
    reason: result.reason,
    ending: result.ending,
    goal: result.goal,
    ...(job.words && { words: job.words }),
    violations: result.violations,
    faults: result.faults,
    arose,
    events: result.events.length,
    calls: result.events.filter(({ type }) => type === 'request-arrived').length,
    steps: result.steps,
    virtualMs: result.virtualMs,
    fingerprint: result.fingerprint,
  }
}

function kept(job: Job, visited: readonly VisitedSite[]): readonly VisitedSite[] {
  if (job.keepSites === 'all' || job.source.kind !== 'replay') return visited
  const labels = new Set(job.source.decisions.map(([label]) => label))
  const last = visited.findLastIndex((site) => labels.has(site.label))
  if (last < 0) return []
  const withOutcomes = job.keepSites === 'after'
  return visited
    .slice(last + 1)
    .filter(({ kind }) => kind === 'parameter' || kind === 'reaction' || (withOutcomes && kind === 'outcome'))
}
