/** `run-liveness`: a run ends, or waits for something that can still come. Broken by an agent that waits for an answer nobody will send. */

import type { Check } from '../invariant.js'

interface State {
  readonly isOwn: boolean
  troubled: boolean
  /** Its log says what it waits for. */
  waits: boolean
  /** The last thing anybody asked for, as a witness of what the run waits for. */
  last: number | undefined
}

export const runLiveness: Check<State> = {
  name: 'run-liveness',
  says: 'A run comes to an end, or waits for something that can still come.',
  kind: 'liveness',
  clauses: {
    a: 'when nothing is left that could happen, the run has ended',
    b: 'a run that is said to wait has said what it waits for',
  },
  usual: 'give every wait a timeout: requests, locks, queues, and promises that somebody else must settle',
  mutant: 'wait-without-wakeup',
  concerns: () => true,
  start: (facts) => ({ isOwn: facts.own, troubled: false, waits: false, last: undefined }),
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
    'run-waiting': (state, event, judge) => {
      state.waits = event.calls.length > 0
      return judge.skip
    },
    'run-resume': (state, _event, judge) => {
      state.waits = false
      return judge.skip
    },
    'run-settled': (state, event, judge) => {
      // The trial was given up, not the run.
      if (event.reason === 'steps') return judge.skip
      const witness = state.last === undefined ? [event.seq] : [state.last, event.seq]
      if (state.isOwn && event.status === 'waiting' && !state.waits) {
        const because = 'the run is parked as waiting, with no timer, question or request that could go on with it'
        return judge.broken(because, { clause: 'b', witness })
      }
      if (event.reason !== 'deadlock') return state.troubled ? judge.held : judge.skip
      return judge.broken('the run never ended: it waits, and nothing is left that could wake it', {
        clause: 'a',
        witness,
      })
    },
  },
}
