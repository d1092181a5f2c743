/** Hands that run trials where they are. Each keeps, per scenario, what the calm trial showed of intended effects. */

import { StormproofError } from '../core/error.js'
import type { TrialResult } from '../scenario/trial-result.js'
import { bytesOf } from './double-run.js'
import type { CalmReport, Hands, Job, Pair, Told, TrialReport } from './hands.js'
import { maskedReport, maskedTold, secretsOf } from './masked.js'
import { replaySource } from './replay-source.js'
import { shrink } from './shrink.js'
import type { RunAgain } from './shrink-search.js'
import { calmJob, openSource } from './source-spec.js'
import { tell } from './tell.js'
import type { Lore, NamedScenario, RunTrial } from './trial-port.js'
import { trialReport } from './trial-report.js'

interface Known<S> {
  readonly scenario: S
  readonly report: CalmReport
  readonly intended: Readonly<Record<string, number>>
  readonly concerned: ReadonlySet<string>
  /** Answers of the world. */
  readonly steps: number
}

/** Two scenarios of one name are a `scenario` error. */
export function inProcess<S extends NamedScenario>(
  scenarios: readonly S[],
  runTrial: RunTrial<S>,
  lore: Lore<S>,
): Hands {
  const byName = new Map<string, S>()
  for (const scenario of scenarios) {
    if (byName.has(scenario.name)) throw twice(scenario.name)
    byName.set(scenario.name, scenario)
  }
  const known = new Map<string, Promise<Known<S>>>()
  const learn = async (name: string): Promise<Known<S>> => {
    const before = known.get(name)
    if (before) return before
    const learnt = calmDay(named(byName, name), runTrial, lore)
    known.set(name, learnt)
    return learnt
  }
  const run = async (name: string, job: Job): Promise<readonly [TrialResult, TrialReport]> => {
    const { scenario, intended, concerned, steps } = await learn(name)
    const source = openSource(name, job, lore.sequences(scenario), steps)
    const result = await runTrial(scenario, {
      source,
      intended,
      keepSites: job.keepSites !== undefined,
      calm: job.origin === 'calm',
      keepGoing: job.origin === 'calm',
      ...(job.fresh && { fresh: true }),
      ...(job.words && { words: job.words }),
    })
    const report = trialReport(job, result, source, concerned)
    return [result, maskedReport(report, secretsOf(result.facts))]
  }

  return {
    calm: async (name) => (await learn(name)).report,
    async trials(name, jobs) {
      const reports: TrialReport[] = []
      for (const job of jobs) reports.push((await run(name, job))[1])
      return reports
    },
    async shrink(name, decisions, target) {
      return shrink(decisions, target, rerunner(await learn(name), runTrial))
    },
    async tell(name, decisions, target): Promise<Told | undefined> {
      const { scenario, intended } = await learn(name)
      const source = replaySource(decisions)
      const result = await runTrial(scenario, { source, intended, callSites: true })
      const told = tell(result, decisions, target, lore)
      return told && maskedTold(told, secretsOf(result.facts))
    },
    bytes: async (name, job) => bytesOf((await run(name, job))[0]),
    close: async () => known.clear(),
  }
}

async function calmDay<S extends NamedScenario>(scenario: S, runTrial: RunTrial<S>, lore: Lore<S>): Promise<Known<S>> {
  const source = replaySource([])
  const result = await runTrial(scenario, { source, calm: true, keepSites: true, keepGoing: true })
  const report = maskedReport(trialReport({ ...calmJob, keepSites: 'all' }, result, source), secretsOf(result.facts))
  return {
    scenario,
    intended: result.facts.intended,
    concerned: new Set(report.concerned),
    steps: report.visited?.filter(({ kind }) => kind === 'hold').length ?? 0,
    report: {
      ...report,
      invariants: lore.invariants(scenario),
      faultsAsked: lore.faultsAsked(scenario),
      words: lore.words(scenario),
    },
  }
}

function rerunner<S extends NamedScenario>({ scenario, intended }: Known<S>, runTrial: RunTrial<S>): RunAgain {
  return async (decisions: readonly Pair[], keepSites: boolean) => {
    const result = await runTrial(scenario, { source: replaySource(decisions), intended, keepSites })
    return {
      violations: result.violations,
      decisions: result.decisions,
      visited: result.visited,
      events: result.events.length,
    }
  }
}

function named<S>(byName: ReadonlyMap<string, S>, name: string): S {
  const scenario = byName.get(name)
  if (scenario) return scenario
  throw new StormproofError('nothing-selected', `there is no scenario ${JSON.stringify(name)}`, {
    remedy: `the scenarios here are ${[...byName.keys()].join(', ') || 'none'}`,
  })
}

const twice = (name: string): StormproofError =>
  new StormproofError('scenario', `two scenarios are named ${JSON.stringify(name)}`, {
    remedy: 'give each its own name: a replay token names one',
  })
