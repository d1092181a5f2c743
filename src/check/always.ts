/** A user's promise about the ledger, true of every moment: judged after each effect. */

import type { EventOf } from '../core/event.js'
import type { Check } from './invariant.js'
import type { Judge, Judgement } from './judgement.js'
import { type FoldedLedger, foldLedger, type LedgerFold, type LedgerShape } from './ledger-fold.js'
import { shownLedger } from './shown-ledger.js'

interface State {
  readonly fold: LedgerFold
  /** What the predicate sees of it. */
  readonly shown: FoldedLedger
  /** Events of the effects so far, by operation. */
  readonly effects: Map<string, number[]>
}

/**
 * `an order is refunded once`: a check named as the user named it, broken by the first effect after which `predicate` is false.
 * A predicate that throws, or writes to the ledger, makes the verdict unknown.
 */
export function alwaysCheck(
  name: string,
  predicate: (ledger: FoldedLedger) => boolean,
  shape: readonly LedgerShape[],
): Check {
  const judgeLedger = (
    state: State,
    event: EventOf<'effect-applied'> | EventOf<'effect-compensated'>,
    judge: Judge,
  ): Judgement => {
    state.fold.apply(event)
    const operation = `${event.backend}.${event.operation}`
    const effects = state.effects.get(operation) ?? []
    state.effects.set(operation, effects)
    effects.push(event.seq)
    if (predicate(state.shown)) return judge.held
    const times = state.shown[event.backend]?.[event.operation]?.length ?? 0
    const because = `no longer true after ${operation} was ${event.type === 'effect-applied' ? `applied (${times} in all)` : 'taken back'}`
    return judge.broken(because, { clause: 'a', witness: effects })
  }
  const check: Check<State> = {
    name,
    says: name,
    kind: 'safety',
    clauses: { a: name },
    usual: 'look at what the agent does when the answer to this operation is lost, late or an error',
    mutant: '',
    authored: true,
    concerns: () => true,
    start: () => {
      const fold = foldLedger(shape)
      return { fold, shown: shownLedger(fold.ledger), effects: new Map() }
    },
    on: { 'effect-applied': judgeLedger, 'effect-compensated': judgeLedger },
  }
  return check
}
