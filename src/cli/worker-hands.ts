/** Hands whose work is done by a worker process. A trial that kills or hangs its worker becomes a problem; the campaign goes on. */

import { StormproofError } from '../core/error.js'
import type { CalmReport, Hands, Job, TrialReport } from '../explore/hands.js'
import { handsOver } from '../explore/serve.js'
import { sourceText } from '../explore/source-spec.js'
import type { ScenarioProblem } from '../report/record.js'
import { type Death, WorkerDeath, type WorkerProcess } from './worker-process.js'

/** Trials asked for ahead of the answer, so that the worker never waits for a message. */
const ahead = 4

export function workerHands(worker: WorkerProcess, fileOf: (scenario: string) => string): Hands {
  const hands = handsOver((request) => worker.exchange(request))
  const calm = async (scenario: string): Promise<CalmReport> => {
    try {
      return await hands.calm(scenario)
    } catch (error) {
      if (!(error instanceof WorkerDeath)) throw error
      const job: Job = { origin: 'calm', index: 0, source: { kind: 'replay', decisions: [] } }
      return { ...lostTrial(scenario, job, problemOf(error.death, fileOf(scenario))), invariants: [] }
    }
  }
  const single = async (scenario: string, job: Job): Promise<TrialReport> => {
    const [report] = await hands.trials(scenario, [job])
    if (!report) throw new StormproofError('internal', 'a worker answered a trial with nothing')
    return report
  }
  return {
    calm,
    trials: (scenario, jobs) =>
      pipelined(
        jobs,
        (job) => single(scenario, job),
        (job, death) => lostTrial(scenario, job, problemOf(death, fileOf(scenario))),
      ),
    shrink: (scenario, decisions, target) => alive(hands.shrink(scenario, decisions, target)),
    tell: (scenario, decisions, target) => alive(hands.tell(scenario, decisions, target)),
    bytes: (scenario, job) => alive(hands.bytes(scenario, job)),
    close: () => worker.stop(),
  }
}

/** Keeps a few requests on their way. When the worker dies, the oldest of them is to blame, and the others are asked again. */
async function pipelined(
  jobs: readonly Job[],
  ask: (job: Job) => Promise<TrialReport>,
  lost: (job: Job, death: Death) => TrialReport,
): Promise<readonly TrialReport[]> {
  const reports: TrialReport[] = []
  const onTheWay: Promise<TrialReport | WorkerDeath>[] = []
  while (reports.length < jobs.length) {
    while (onTheWay.length < ahead && reports.length + onTheWay.length < jobs.length)
      onTheWay.push(outcome(ask(jobs[reports.length + onTheWay.length] as Job)))
    const first = await (onTheWay.shift() as Promise<TrialReport | WorkerDeath>)
    if (first instanceof WorkerDeath) {
      await Promise.all(onTheWay.splice(0))
      reports.push(lost(jobs[reports.length] as Job, first.death))
    } else reports.push(first)
  }
  return reports
}

const outcome = (asked: Promise<TrialReport>): Promise<TrialReport | WorkerDeath> =>
  asked.catch((error: unknown) => {
    if (error instanceof WorkerDeath) return error
    throw error
  })

/** A death outside of a trial of the campaign: nothing can stand in for the answer. */
async function alive<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof WorkerDeath)) throw error
    throw new StormproofError('scenario', `while a finding was examined, ${error.death.text}`, {
      remedy:
        'the finding cannot be made smaller until this is mended: look for process.exit and for loops without await',
    })
  }
}

function problemOf(death: Death, file: string): ScenarioProblem {
  const remedy =
    death.kind === 'hang'
      ? 'look for a loop without await; such a trial cannot be replayed step by step'
      : 'let the agent return or throw instead of ending its process'
  return { kind: death.kind, what: death.text, where: file, remedy }
}

/** What stands in the record for a trial that nobody can tell of. */
function lostTrial(scenario: string, job: Job, problem: ScenarioProblem): TrialReport {
  return {
    record: {
      scenario,
      origin: job.origin,
      index: job.index,
      seed: job.source.kind === 'replay' ? '' : job.source.seed,
      source: sourceText(job.source),
      status: 'waiting',
      reason: problem.what,
      ending: problem.kind,
      goal: undefined,
      violations: [],
      faults: {},
      arose: {},
      events: 0,
      steps: 0,
      virtualMs: 0,
      fingerprint: '',
    },
    decisions: [],
    problems: [problem],
    console: [],
    unknown: true,
    concerned: [],
    unmet: [],
  }
}
