/** `run-liveness`: a run ends, or waits for something that can still come. Broken by an agent that waits for an answer nobody will send. */

import type { Check } from '../invariant.js'

interface State {
  troubled: boolean
  /** The last thing anybody asked for, as a witness of what the run waits for. */
  last: number | undefined
}

export const runLiveness: Check<State> = {
  name: 'run-liveness',
  says: 'A run comes to an end, or waits for something that can still come.',
  kind: 'liveness',
  clauses: { a: 'when nothing is left that could happen, the run has ended' },
  usual: 'give every wait a timeout: requests, locks, queues, and promises that somebody else must settle',
  mutant: 'wait-without-wakeup',
  concerns: () => true,
  start: () => ({ troubled: false, last: undefined }),
  on: {
    'fault-injected': (state, _event, judge) => {
      state.troubled = true
      return judge.skip
    },
    'request-arrived': (state, event, judge) => {
      state.last = event.seq
      return judge.skip
    },
    'prompt-received': (state, event, judge) => {
      state.last = event.seq
      return judge.skip
    },
    'run-settled': (state, event, judge) => {
      if (event.reason !== 'deadlock') return state.troubled ? judge.held : judge.skip
      const witness = state.last === undefined ? [event.seq] : [state.last, event.seq]
      return judge.broken('the run never ended: it waits, and nothing is left that could wake it', {
        clause: 'a',
        witness,
      })
    },
  },
}
