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

/** How it was broken: the histories of the smallest trial, with the lines that sent each request. */
export interface Breach extends Pick<Broken, 'why' | 'hints'> {
  readonly histories: readonly CaseHistory[]
}

/** Shrinking plays so many trials at the most. */
const shrinkTries = 300

/** `plays`: how many histories may be played. The same seed, the same trials. */
export async function tryClause(
  clause: Clause,
  kit: Kit,
  play: Play,
  plays: number,
  seed: number,
): Promise<ClauseTried> {
  const found = { played: 0, exercised: 0, isBroken: false, tries: 0 }
  const isKept = async (trial: readonly Case[]): Promise<boolean> => {
    if (found.isBroken && ++found.tries > shrinkTries) return true
    const judgement = clause.judge(await playAll(trial, play), kit)
    if (!found.isBroken) {
      found.played += trial.length
      if (judgement.kind !== 'skip') found.exercised++
    }
    if (judgement.kind === 'broken') found.isBroken = true
    return judgement.kind !== 'broken'
  }
  const numRuns = Math.max(1, Math.floor(plays / clause.plays))
  const property = fc.asyncProperty(clause.cases(kit), isKept)
  const result = await fc.check(property, { seed: hash32(clause.name, seed) | 0, numRuns })
  const { played, exercised } = found
  if (!result.failed) return { played, exercised, breach: undefined }
  // What is no verdict is a mistake of a schema or of ours, and is not to be shown as one of the tool.
  if (result.errorInstance && !found.isBroken) throw result.errorInstance
  const [trial] = result.counterexample as [readonly Case[]]
  const histories = await playAll(trial, play, true)
  const judgement = clause.judge(histories, kit) as Broken
  const shown = judgement.shows?.flatMap((at) => histories[at] ?? []) ?? histories
  return { played, exercised, breach: { why: judgement.why, hints: judgement.hints ?? [], histories: shown } }
}

async function playAll(trial: readonly Case[], play: Play, callSites = false): Promise<readonly CaseHistory[]> {
  const histories: CaseHistory[] = []
  for (const one of trial) histories.push(await play(one, callSites))
  return histories
}
