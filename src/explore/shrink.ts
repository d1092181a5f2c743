/** Shrinking: from all that a storm decided to the few things that had to go wrong. */

import type { ChoiceKind } from '../kernel/source.js'
import type { Decision } from '../kernel/tape.js'
import { fromBelow } from './from-below.js'
import type { Pair, ShrinkReport, Target } from './hands.js'
import { lower } from './lower.js'
import { minimise } from './minimise.js'
import { renumberings } from './renumber.js'
import { pairOf, pairsOf, type RunAgain, ShrinkSearch } from './shrink-search.js'

const shrinkBound = 400

/** Pairs over many sites are many: what is left of the bound is for lowering. */
const fromBelowBound = 150

/** Dropped together before anything else, in this order. */
const groups: readonly (readonly ChoiceKind[])[] = [
  ['time', 'hold'],
  ['data'],
  ['parameter'],
  ['storm'],
  ['reaction'],
  ['time'],
  ['hold'],
  ['outcome'],
]

/** Every step is accepted on the same (invariant, clause). Pure in what `again` answers: the same repro shrinks the same way. */
export async function shrink(
  decisions: readonly Pair[],
  target: Target,
  again: RunAgain,
  bound = shrinkBound,
): Promise<ShrinkReport> {
  const search = await ShrinkSearch.begin(decisions, target, again, bound)
  if (!search) return notReproduced(decisions)
  const eventsBefore = search.best.events
  await cut(search)
  await dropGroups(search)
  do {
    await dropSingly(search)
    while (await renumberOnce(search)) await dropSingly(search)
    while (search.best.decisions.length > 2 && (await fromBelow(search, fromBelowBound))) await dropSingly(search)
  } while ((await lower(search)) && !search.spent)
  const { best } = search
  return {
    reproduced: true,
    decisions: best.decisions.map(pairOf),
    violation: best.violation,
    runs: search.runs,
    decisionsBefore: decisions.length,
    decisionsAfter: best.decisions.length,
    eventsBefore,
    eventsAfter: best.events,
    bounded: search.spent,
  }
}

const notReproduced = (decisions: readonly Pair[]): ShrinkReport => ({
  reproduced: false,
  decisions,
  violation: undefined,
  runs: 1,
  decisionsBefore: decisions.length,
  decisionsAfter: decisions.length,
  eventsBefore: 0,
  eventsAfter: 0,
  bounded: false,
})

/** What was decided after the promise broke cannot have broken it, unless it was judged at rest. */
async function cut(search: ShrinkSearch): Promise<void> {
  const { decisions, violation } = search.best
  await without(search, decisions, (decision) => decision.seq > violation.seq)
}

async function dropGroups(search: ShrinkSearch): Promise<void> {
  for (const kinds of groups) await without(search, search.best.decisions, ({ kind }) => kinds.includes(kind))
}

async function without(
  search: ShrinkSearch,
  decisions: readonly Decision[],
  gone: (decision: Decision) => boolean,
): Promise<void> {
  const rest = decisions.filter((decision) => !gone(decision))
  if (rest.length < decisions.length) await search.accepts(rest.map(pairOf))
}

async function dropSingly(search: ShrinkSearch): Promise<void> {
  await minimise(pairsOf(search), async (rest) => (await search.accepts(rest)) && pairsOf(search))
}

async function renumberOnce(search: ShrinkSearch): Promise<boolean> {
  for (const moved of renumberings(pairsOf(search))) if (await search.accepts(moved)) return true
  return false
}
