/** A situation that a suite must get into: looked for at the end of each trial. One that never arose leaves open what it was named for. */

import type { AnyEvent, EventOf } from '../core/event.js'
import { type HeardEvent, heard, heardTypes } from './heard-event.js'
import type { Check } from './invariant.js'
import type { Judge } from './judgement.js'
import { type FoldedLedger, foldLedger, type LedgerShape } from './ledger-fold.js'
import { shownLedger } from './shown-ledger.js'

/** A trial as it ended. Its events are copied when somebody looks at them. */
class Ended {
  readonly ledger: FoldedLedger
  readonly #events: readonly AnyEvent[]

  constructor(ledger: FoldedLedger, events: readonly AnyEvent[]) {
    this.ledger = ledger
    this.#events = events
  }

  get events(): readonly HeardEvent[] {
    return Object.freeze(this.#events.map((event) => heard(event as EventOf<any>) as HeardEvent))
  }
}

interface State {
  readonly ledger: FoldedLedger
  readonly events: AnyEvent[]
  add(event: AnyEvent): void
}

/**
 * `refund after cancel`: no promise, and nothing can break it. It arose where `arose` says so of a trial that came to its end, by a
 * budget or at rest; a trial that a broken promise ended is not asked. One that throws makes the verdict unknown.
 */
export function situationCheck(
  name: string,
  arose: (trial: { ledger: FoldedLedger; events: readonly HeardEvent[] }) => boolean,
  shape: readonly LedgerShape[],
): Check<State> {
  return {
    name,
    says: name,
    kind: 'safety',
    situation: true,
    clauses: {},
    usual: 'run more storms, or let the script and the faults of the scenario lead there',
    mutant: '',
    concerns: () => true,
    start: () => {
      const { ledger, apply } = foldLedger(shape)
      const events: AnyEvent[] = []
      const add = (event: AnyEvent): void => {
        apply(event)
        events.push(event)
      }
      return { ledger: shownLedger(ledger), events, add }
    },
    on: Object.fromEntries(
      heardTypes.map((type) => [
        type,
        (state: State, event: AnyEvent, { skip }: Judge) => {
          state.add(event)
          return skip
        },
      ]),
    ),
    atRest: ({ ledger, events }, { held, skip }) => (arose(new Ended(ledger, events)) === true ? held : skip),
  }
}
