/** Hands whose work is done by a worker process. A trial that kills or hangs its worker becomes a problem; the campaign goes on. */

import { StormproofError } from '../core/error.js'
import type { CalmReport, Hands, Job, TrialReport } from '../explore/hands.js'
import { handsOver } from '../explore/serve.js'
import { sourceText } from '../explore/source-spec.js'
import type { ScenarioProblem } from '../report/record.js'
import { type Death, WorkerDeath, type WorkerProcess } from './worker-process.js'

/** Groups asked for ahead of the answer, so that the worker never waits for a message. */
const ahead = 2

/** Trials asked for in one message: a message each would take a tenth of this process's core from a second worker. */
const groupSize = 8

export function workerHands(worker: WorkerProcess, fileOf: (scenario: string) => string): Hands {
  const hands = handsOver((request) => worker.exchange(request))
  const calm = async (scenario: string): Promise<CalmReport> => {
    const first = await outcome(hands.calm(scenario))
    const last = isHang(first) ? await outcome(hands.calm(scenario)) : first
    if (!(last instanceof WorkerDeath)) return last
    const job: Job = { origin: 'calm', index: 0, source: { kind: 'replay', decisions: [] } }
    return {
      ...lostTrial(scenario, job, problemOf(last.death, fileOf(scenario))),
      invariants: [],
      faultsAsked: { added: [], prescribed: [] },
      words: [],
    }
  }
  const ask = (scenario: string, group: readonly Job[]) => outcome(hands.trials(scenario, group))
  /**
   * When the worker dies, whoever is to blame is in the oldest group: its trials are asked again one by one, the others as before. One
   * that stood still is asked again even when it was alone: the next worker ends a check that never would.
   */
  const inGroups = async (
    scenario: string,
    jobs: readonly Job[],
    size: number,
    isAgain = false,
  ): Promise<readonly TrialReport[]> => {
    const reports: TrialReport[] = []
    const onTheWay: Promise<readonly TrialReport[] | WorkerDeath>[] = []
    const groups = Array.from({ length: Math.ceil(jobs.length / size) }, (_, at) =>
      jobs.slice(at * size, (at + 1) * size),
    )
    for (let done = 0; done < groups.length; done++) {
      while (onTheWay.length < ahead && done + onTheWay.length < groups.length)
        onTheWay.push(ask(scenario, groups[done + onTheWay.length] as Job[]))
      const group = groups[done] as Job[]
      const first = await (onTheWay.shift() as (typeof onTheWay)[0])
      if (!(first instanceof WorkerDeath)) {
        reports.push(...first)
        continue
      }
      await Promise.all(onTheWay.splice(0))
      if (group.length > 1 || (isHang(first) && !isAgain)) reports.push(...(await inGroups(scenario, group, 1, true)))
      else reports.push(lostTrial(scenario, group[0] as Job, problemOf(first.death, fileOf(scenario))))
    }
    return reports
  }
  return {
    calm,
    trials: (scenario, jobs) => inGroups(scenario, jobs, groupSize),
    shrink: (scenario, decisions, target) => alive(hands.shrink(scenario, decisions, target)),
    tell: (scenario, decisions, target) => alive(hands.tell(scenario, decisions, target)),
    bytes: (scenario, job) => alive(hands.bytes(scenario, job)),
    close: () => worker.stop(),
  }
}

const outcome = <T>(asked: Promise<T>): Promise<T | WorkerDeath> =>
  asked.catch((error: unknown) => {
    if (error instanceof WorkerDeath) return error
    throw error
  })

const isHang = (ended: unknown): ended is WorkerDeath => ended instanceof WorkerDeath && ended.death.kind === 'hang'

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
      calls: 0,
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
