/** One trial of a clause once more, in this process; without its cases, the clause with the seed that met it. */

import { StormproofError } from '../core/error.js'
import { canonical } from '../core/json.js'
import { prepare } from '../tooltest/check-tool.js'
import { clauses } from '../tooltest/clause/registry.js'
import { onCard } from '../tooltest/on-card.js'
import type { Case } from '../tooltest/run/case.js'
import { takeTool } from '../tooltest/take/take-tool.js'
import { breachOf, tryClause } from '../tooltest/try-clause.js'
import { findTool } from './find-tool.js'
import type { Replayed, ReplayOrder } from './tool-message.js'

/** So many cases are played where the trial itself is not known. */
const searched = 1_000

export async function replayTool(
  module: Readonly<Record<string, unknown>>,
  { file, exported, repro }: ReplayOrder,
): Promise<Replayed> {
  const found = findTool(module, file, exported)
  const clause = clauses.find(({ name }) => name === repro.clause)
  if (!clause)
    throw new StormproofError('usage', `there is no clause ${JSON.stringify(repro.clause)}`, {
      remedy: `the clauses: ${clauses.map(({ name }) => name).join(', ')}`,
    })
  const taken = takeTool(found.tool, found.name)
  const { seed } = repro
  const { kit, playing } = await prepare(taken, { seed })
  const trial = repro.trial as readonly Case[] | undefined
  const breach = trial
    ? await breachOf(clause, kit, playing.play, trial)
    : (await tryClause(clause, kit, playing, { plays: searched, seed, round: 0 })).breach
  const played = breach?.trial ?? trial ?? []
  const twice = [await bytesOf(played, playing.play), await bytesOf(played, playing.play)] as const
  const card = breach && onCard(clause, kit, 1, breach)
  return {
    kind: 'replayed',
    ...{ name: taken.name, says: clause.says, why: breach?.why, witness: card?.witness ?? [] },
    isRepeatable: twice[0].text === twice[1].text,
    struck: twice[0].struck,
    planned: played.reduce((sum, { troubles }) => sum + troubles.length, 0),
  }
}

async function bytesOf(trial: readonly Case[], play: Awaited<ReturnType<typeof prepare>>['playing']['play']) {
  let text = ''
  let struck = 0
  for (const one of trial) {
    const history = await play(one)
    text += canonical(history.calls.map(({ outcome, startMs, endMs }) => [startMs, endMs, outcome.kind]))
    text += canonical([history.requests, history.effects])
    struck += history.struck.length
  }
  return { text, struck }
}
