/** One trial: a scenario in a world of its own, judged; where a wall clock was wrong, once more with it right. */

import { installShims } from '../box/install.js'
import { decidedSource } from '../kernel/decided-source.js'
import { type Source, simplest } from '../kernel/source.js'
import type { Ending } from '../kernel/world.js'
import { blamed } from './blame.js'
import { type Compiled, compile } from './compile.js'
import type { Scenario } from './define-scenario.js'
import { answerNodeHttp, asksNodeHttp } from './node-http-answers.js'
import { compare } from './relation/compare.js'
import { cameOut, isOver, wentByWrongClock } from './right-clock.js'
import type { TrialResult } from './trial-result.js'
import { type TrialOptions, TrialUnderWay } from './trial-under-way.js'

/** Runs one trial. Rejects only for misuse (a `StormproofError`) and for our own bugs: what an agent does wrong is in the result. */
export async function runTrial(scenario: Scenario, options: TrialOptions): Promise<TrialResult> {
  installShims()
  try {
    return await trialOf(scenario, options)
  } catch (error) {
    throw blamed(error)
  }
}

async function trialOf(scenario: Scenario, options: TrialOptions): Promise<TrialResult> {
  const compiled = compile(scenario)
  if (!options.fresh) await warmUp(compiled, options)
  const result = await oneTrial(compiled, options)
  if (!asksNodeHttp(result.problems)) return result
  await answerNodeHttp()
  return oneTrial(compiled, options)
}

const warm = new WeakSet<Compiled>()

/** The first trial of a scenario in a process loads modules and fills caches, which no later one does: it is run and forgotten. */
async function warmUp(compiled: Compiled, { limit }: TrialOptions): Promise<void> {
  if (warm.has(compiled)) return
  warm.add(compiled)
  await oneTrial(compiled, { source: simplest, ...(limit && { limit }) })
}

async function oneTrial(compiled: Compiled, options: TrialOptions): Promise<TrialResult> {
  const trial = new TrialUnderWay(compiled, options)
  const ending = await livedThrough(trial)
  const result = trial.result(ending)
  const isCompared = await compareWithLike(trial, result, compiled, options)
  if (options.isWallRight || !wentByWrongClock(result)) return isCompared ? trial.result(ending) : result
  const source = decidedSource(new Map(result.decisions.map(({ label, alternative }) => [label, alternative])))
  const right = await oneTrial(compiled, { ...options, source, isWallRight: true, keepGoing: true })
  if (isOver(right.ending)) trial.compareClocks(cameOut(result), cameOut(right))
  return trial.result(ending)
}

/** Where the trial has chosen so. An agent whose modules are its own for each trial has no like. */
async function compareWithLike(
  trial: TrialUnderWay,
  result: TrialResult,
  compiled: Compiled,
  options: TrialOptions,
): Promise<boolean> {
  const { chosen } = trial
  if (!chosen || options.isWallRight || compiled.definition.isolate) return false
  const { intended, limit } = options
  const again = (source: Source): Promise<TrialResult> =>
    oneTrial(compiled, { source, keepSites: true, ...(intended && { intended }), ...(limit && { limit }) })
  const like = await compare(chosen, result, again)
  if (like) trial.compareWith(like)
  return like !== undefined
}

async function livedThrough(trial: TrialUnderWay): Promise<Ending> {
  try {
    return await trial.run()
  } finally {
    trial.release()
  }
}
