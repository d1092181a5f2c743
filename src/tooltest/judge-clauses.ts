/** Each clause that concerns a tool, with its share of the budget; what broken clauses leave of it goes to the others. */

import type { ClauseOnCard } from './card.js'
import type { Clause, ClauseName, Kit } from './clause/clause.js'
import { onCard } from './on-card.js'
import { type Playing, tryClause } from './try-clause.js'

export interface JudgePlan {
  readonly clauses: readonly Clause[]
  readonly kit: Kit
  readonly playing: Playing
  /** Cases that may be played. */
  readonly budget: number
  readonly seed: number
  /** Told of a clause before its cases are played, and when it has been judged for the first time. */
  readonly onBegin?: (name: ClauseName) => void
  readonly onClause?: (name: ClauseName, clause: ClauseOnCard) => void
}

interface Standing {
  readonly clause: Clause
  exercised: number
  onCard: ClauseOnCard | undefined
}

/** So often what is left is shared out again. */
const mostRounds = 8

/** Equal plans, equal results. */
export async function judgeClauses(
  plan: JudgePlan,
): Promise<{ readonly played: number; readonly results: ReadonlyMap<ClauseName, ClauseOnCard> }> {
  const standings = plan.clauses.map((clause): Standing => ({ clause, exercised: 0, onCard: undefined }))
  let played = 0
  for (let round = 0; round < mostRounds && played < plan.budget; round++) {
    const open = standings.filter((one) => one.onCard?.verdict !== 'invalid')
    const before = played
    for (const [standing, plays] of sharesOf(open, plan.budget - played, round)) {
      if (round > 0 && played + plays > plan.budget) continue
      played += await judge(standing, plays, round, plan)
    }
    if (played === before) break
  }
  const results = standings.map(({ clause, onCard: card }) => [clause.name, card as ClauseOnCard] as const)
  return { played, results: new Map(results) }
}

async function judge(standing: Standing, plays: number, round: number, plan: JudgePlan): Promise<number> {
  const { clause } = standing
  const { kit, playing, seed, onBegin, onClause } = plan
  onBegin?.(clause.name)
  const tried = await tryClause(clause, kit, playing, { plays, seed, round })
  standing.exercised += tried.exercised
  standing.onCard = onCard(clause, kit, standing.exercised, tried.breach)
  if (round === 0) onClause?.(clause.name, standing.onCard)
  return tried.played
}

/** By their weights, at least one trial each in the first round; later on only whole trials, the rest to whoever can use it. */
function sharesOf(
  open: readonly Standing[],
  left: number,
  round: number,
): readonly (readonly [standing: Standing, plays: number])[] {
  const weights = open.reduce((sum, { clause }) => sum + clause.weight, 0)
  const shares = open.map((one) => [one, Math.floor((left * one.clause.weight) / weights)] as const)
  if (round === 0) return shares
  const whole = shares.filter(([{ clause }, plays]) => plays >= clause.plays)
  if (whole.length > 0) return whole
  const single = open.find(({ clause }) => clause.plays <= left)
  return single ? [[single, left]] : []
}
