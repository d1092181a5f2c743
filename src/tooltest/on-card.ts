/** What the card says of one clause. */

import type { Verdict } from '../core/verdict.js'
import type { ClauseOnCard } from './card.js'
import { besideOf, type Clause, type Kit } from './clause/clause.js'
import { caseStory, storyLines } from './story.js'
import type { Breach } from './try-clause.js'

/** Of a clause that was not put to the test. `because`: its user's reason, where there is one. */
export function besideOnCard(clause: Clause, kit: Kit, because: string | undefined): ClauseOnCard {
  const known = besideOf(clause, kit)
  const { kind, why } =
    because === undefined || known?.kind === 'does-not-apply'
      ? (known as NonNullable<typeof known>)
      : { kind: 'not-judged' as const, why: because }
  const told = kind === 'not-judged' ? `not judged: ${why}` : why
  return { verdict: 'unknown', exercised: 0, says: clause.says, told, witness: [], beside: kind }
}

/** Of a clause that cases were played for. */
export function onCard({ says, kept }: Clause, kit: Kit, exercised: number, breach: Breach | undefined) {
  if (breach) return broken(says, kit.tool.name, exercised, breach)
  if (exercised > 0) return seen('valid', says, exercised, kept(exercised, kit))
  return { ...seen('unknown', says, 0, 'not judged: it never came up'), beside: 'never-arose' as const }
}

const seen = (verdict: Verdict, says: string, exercised: number, told: string): ClauseOnCard => ({
  ...{ verdict, exercised, says, told, witness: [] },
})

function broken(says: string, name: string, exercised: number, breach: Breach): ClauseOnCard {
  const { why, hints, histories, trial } = breach
  const about = histories.flatMap((history) => [
    ...(history.planned.about ? [`${history.planned.about}:`] : []),
    ...storyLines(name, history),
  ])
  return {
    ...seen('invalid', says, exercised, why),
    witness: [...about, ...(hints ?? [])],
    breach: { trial, hints: hints ?? [], story: histories.flatMap((history) => caseStory(name, history)) },
  }
}
