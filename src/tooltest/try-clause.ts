/** Puts a tool to the test of one clause: cases until one breaks it, and then the smallest that still does. */

import fc from 'fast-check'
import { hash32 } from '../core/digest.js'
import type { Broken, Clause, Kit } from './clause/clause.js'
import type { Case } from './run/case.js'
import type { CaseHistory } from './run/case-history.js'
import type { Play } from './run/play.js'

export interface ClauseTried {
  /** Histories that were played, those of shrinking not counted. */
  readonly played: number
  /** Trials in which the clause was put to the test. */
  readonly exercised: number
  readonly breach: Breach | undefined
}

/** How it was broken: the smallest trial, and those of its histories that show it, with the lines that sent each request. */
export interface Breach extends Pick<Broken, 'why' | 'hints'> {
  readonly trial: readonly Case[]
  readonly histories: readonly CaseHistory[]
}

export interface Playing {
  readonly play: Play
  /** It would end or stall this process. */
  readonly isDeadly: (one: Case) => boolean
}

interface Budget {
  /** Histories that may be played. */
  readonly plays: number
  readonly seed: number
  /** 0 for the first time; later rounds draw other trials. */
  readonly round: number
}

/** Shrinking plays so many trials at the most. */
const shrinkTries = 300

/** The same seed and round, the same trials. */
export async function tryClause(
  clause: Clause,
  kit: Kit,
  { play, isDeadly }: Playing,
  { plays, seed, round }: Budget,
): Promise<ClauseTried> {
  const found = { played: 0, exercised: 0, isBroken: false, tries: 0 }
  let last: Breach | undefined
  const isKept = async (trial: readonly Case[]): Promise<boolean> => {
    if ((found.isBroken && ++found.tries > shrinkTries) || trial.some(isDeadly)) return true
    const histories = await playAll(trial, play)
    const judgement = clause.judge(histories, kit)
    if (!found.isBroken) {
      found.played += trial.length
      if (judgement.kind !== 'skip') found.exercised++
    }
    if (judgement.kind === 'broken') {
      found.isBroken = true
      last = breachIn(judgement, trial, histories)
    }
    return judgement.kind !== 'broken'
  }
  const numRuns = Math.max(1, Math.floor(plays / clause.plays))
  const property = fc.asyncProperty(clause.cases(kit), isKept)
  const result = await fc.check(property, {
    seed: hash32(round === 0 ? clause.name : `${clause.name} ${round}`, seed) | 0,
    numRuns,
  })
  const { played, exercised } = found
  if (!result.failed) return { played, exercised, breach: undefined }
  // What is no verdict is a mistake of a schema or of ours, and is not to be shown as one of the tool.
  if (result.errorInstance && !found.isBroken) throw result.errorInstance
  const [trial] = result.counterexample as [readonly Case[]]
  return { played, exercised, breach: (await breachOf(clause, kit, play, trial)) ?? (last && unrepeatable(last)) }
}

/** Plays one trial again, for its story. Undefined: it does not break the clause. */
export async function breachOf(
  clause: Clause,
  kit: Kit,
  play: Play,
  trial: readonly Case[],
): Promise<Breach | undefined> {
  const histories = await playAll(trial, play, true)
  const judgement = clause.judge(histories, kit)
  if (judgement.kind !== 'broken') return undefined
  return breachIn(judgement, trial, histories)
}

function breachIn(
  { why, hints = [], shows }: Broken,
  trial: readonly Case[],
  histories: readonly CaseHistory[],
): Breach {
  return { why, hints, trial, histories: shows?.flatMap((at) => histories[at] ?? []) ?? histories }
}

/** It was seen, and nobody takes that back. */
const unrepeatable = (breach: Breach): Breach => ({
  ...breach,
  hints: [...(breach.hints ?? []), 'it does not come again by itself: what calls before left in the process decides'],
})

async function playAll(trial: readonly Case[], play: Play, callSites = false): Promise<readonly CaseHistory[]> {
  const histories: CaseHistory[] = []
  for (const one of trial) histories.push(await play(one, callSites))
  return histories
}
