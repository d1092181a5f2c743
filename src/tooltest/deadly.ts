/** Cases that end or stall the very process that plays them: told by whoever started it, and never played again. */

import type { ClauseOnCard } from './card.js'
import type { Clause, Kit } from './clause/clause.js'
import type { Case } from './run/case.js'
import { plannedLines } from './story.js'

export interface Deadly {
  readonly trial: Case
  /** `nothing moved for 5 s of real time: a loop that never yields`. */
  readonly why: string
}

/** What is known of such cases from plays before. */
export interface Danger {
  readonly deadly: readonly Deadly[]
  /** Clauses that are not judged, because their cases did it too often. */
  readonly givenUp: readonly string[]
  /** Nothing is played any more. */
  readonly isHopeless: boolean
}

export const noDanger: Danger = { deadly: [], givenUp: [], isHopeless: false }

/** The clause that such cases break, and where there are too many of them, why nobody judged the others. Undefined: it is judged as always. */
export function deadlyOnCard(
  { name, says }: Clause,
  { tool }: Kit,
  { deadly, givenUp, isHopeless }: Danger,
): ClauseOnCard | undefined {
  const [first] = deadly
  if (!first) return undefined
  if (name === 'terminates')
    return {
      ...{ verdict: 'invalid', exercised: deadly.length, says, told: first.why },
      witness: deadly.flatMap(({ trial }) => plannedLines(tool.name, trial)),
      breach: { trial: [first.trial], story: [], hints: [] },
    }
  if (!isHopeless && !givenUp.includes(name)) return undefined
  const told = 'not judged: too many of its calls end or stall their process'
  return { verdict: 'unknown', exercised: 0, says, told, witness: [], beside: 'not-judged' }
}
