/** `store-liveness`: a store operation that failed is over. Broken by an agent that keeps its lock when one fails. */

import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  /** The last operation that failed, while the store has not been used since. */
  failed: number | undefined
  isOver: boolean
  arose: boolean
}

/** The caller is told that it failed, or that nobody knows. */
const failures: ReadonlySet<string> = new Set(['store/fail', 'store/outage', 'store/lost-acknowledgement'])

export const storeLiveness: Check<State> = {
  name: 'store-liveness',
  says: 'A store operation that fails leaves no lock behind: the next one comes through.',
  kind: 'liveness',
  clauses: { a: 'after an operation failed the store is used again, unless the run has ended without it' },
  usual: 'release what guards the store where the operation ends, however it ends: in a finally',
  mutant: 'lock-leaked-on-failure',
  concerns: (facts) => facts.own,
  start: () => ({ failed: undefined, isOver: false, arose: false }),
  on: {
    'fault-landed': (state, { fault, seq }, judge) => {
      // What comes after the end comes to nobody: another life of the run may still be about to find that it is over.
      if (failures.has(fault) && !state.isOver) state.failed = seq
      return judge.skip
    },
    'state-load': used,
    'state-commit': used,
    'commit-refused': used,
    'append-acknowledged': used,
    'cell-written': used,
    // Whatever it held died with it.
    crash: (state, _event, judge) => {
      state.failed = undefined
      return judge.skip
    },
    'run-settled': (state, { status }, judge) => {
      state.isOver = status !== 'waiting'
      return state.isOver ? used(state, {}, judge) : judge.skip
    },
  },
  atRest: (state, judge, truncated) => {
    if (truncated || state.failed === undefined) return judge.skip
    const because = 'an operation of the store failed, and the run waits: it never used the store again'
    return judge.broken(because, { clause: 'a', witness: [state.failed] })
  },
  met: (state) => state.arose,
}

function used(state: State, _event: object, judge: Judge): Judgement {
  if (state.failed === undefined) return judge.skip
  state.failed = undefined
  state.arose = true
  return judge.held
}
