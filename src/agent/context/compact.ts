/** What to let go when a prompt is too long: old results first, then old turns, oldest first. A pure plan. */

import { fenceTokens } from '../../core/fence.js'
import { type ContextState, resultsOf, shownUnits } from './context-state.js'
import { type ContextPolicy, compactPercent, targetPercent } from './policy.js'
import { type ShownResult, savedByStub, tokensShown, type Unit } from './units.js'

export interface Plan extends Pick<ContextState, 'from' | 'pinned' | 'dropped'> {
  readonly stubbed: readonly string[]
  /** Units shown so far and no longer. */
  readonly gone: readonly Unit[]
}

/** Tokens a summary may take. */
export const summaryCap = ({ budgets }: ContextPolicy, limit: number): number =>
  Math.floor(Math.min(budgets.history / 4, limit / 8))

/** What the shown part of the conversation takes, in tokens and in numbers. */
export function conversation(context: ContextState, policy: ContextPolicy) {
  const sizes = { history: 0, toolResults: 0, calls: 0, results: 0 }
  for (const index of shownUnits(context)) {
    const unit = context.units[index] as Unit
    const isPast = index < context.units.length - 1
    sizes.history += unit.tokens
    sizes.calls += unit.calls
    sizes.results += unit.results.length
    for (const one of unit.results) sizes.toolResults += tokensShown(one, context, policy, isPast)
  }
  return sizes
}

/** `fixed` are the tokens of all but the conversation. `isForced`: the model has refused what was within its limit. */
export function planCompaction(
  context: ContextState,
  policy: ContextPolicy,
  fixed: number,
  limit: number,
  isForced: boolean,
): Plan {
  const { budgets, keepTurns, summarise } = policy
  const shown = shownUnits(context)
  const old = shown.slice(0, -keepTurns)
  let { history, toolResults } = conversation(context, policy)
  const total = (): number => fixed + history + toolResults
  const ceiling = Math.ceil((limit * compactPercent) / 100) - 1
  const half = isForced ? total() / 2 : Number.POSITIVE_INFINITY
  const goal = isForced || total() > ceiling ? Math.min(half, (limit * targetPercent) / 100) : half
  const historyGoal = history > budgets.history ? budgets.history / 2 : budgets.history
  const resultsGoal = toolResults > budgets.toolResults ? budgets.toolResults / 2 : budgets.toolResults

  const stubbed = new Set<string>()
  const stubWhile = (indexes: readonly number[], isTooLong: () => boolean): void => {
    for (const one of resultsOf(context, indexes)) {
      if (!isTooLong()) return
      if (stubbed.has(one.result.id) || !canStub(one, context, policy)) continue
      stubbed.add(one.result.id)
      toolResults -= savedByStub(one)
    }
  }
  stubWhile(old, () => toolResults > resultsGoal || total() > goal)
  // A new result that alone is too long must not cost all the old turns.
  const seen = { stubbed: new Set([...context.stubbed, ...stubbed]), retracted: context.retracted }
  const ofOld = resultsOf(context, old).reduce((sum, one) => sum + tokensShown(one, seen, policy, true), 0)
  stubWhile(shown.slice(-keepTurns), () => toolResults - ofOld > budgets.toolResults)

  const gone = new Set<number>()
  let { from } = context
  const isTooLong = (): boolean => history > historyGoal || toolResults > resultsGoal || total() > goal
  if (summarise && isTooLong()) history += summaryCap(policy, limit) + (context.isMarked ? fenceTokens : 0)
  for (const index of old) {
    if (!isTooLong()) break
    from = Math.max(from, index + 1)
    const unit = context.units[index] as Unit
    if (unit.isPinned) continue
    gone.add(index)
    history -= unit.tokens
    for (const one of unit.results) toolResults -= tokensShown(one, seen, policy, true)
  }
  const kept = shown.filter((index) => !gone.has(index))
  stubWhile(kept, () => toolResults > budgets.toolResults || total() > ceiling)
  const ids = resultsOf(context, kept).map(({ result }) => result.id)
  return {
    from,
    pinned: kept.filter((index) => index < from),
    dropped: context.dropped + gone.size,
    stubbed: ids.filter((id) => context.stubbed.has(id) || stubbed.has(id)),
    gone: [...gone].map((index) => context.units[index] as Unit),
  }
}

/** Results with a tag have a rule of their own, and one that says that something may have happened is short and stays. */
function canStub(one: ShownResult, { stubbed, retracted }: ContextState, { tags }: ContextPolicy): boolean {
  const { id, tool, outcome } = one.result
  if (outcome === 'unknown' || tags[tool] || stubbed.has(id) || retracted.has(id)) return false
  return savedByStub(one) > 0
}
