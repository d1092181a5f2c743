/** `terminal-once`: a run ends once, and stays ended. Broken by an agent that goes on with a session whose run is over. */

import type { AnyEvent, EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  readonly own: boolean
  end: EventOf<'run-end'> | undefined
}

export const terminalOnce: Check<State> = {
  name: 'terminal-once',
  says: 'A run ends once, and nothing of it happens after that.',
  kind: 'safety',
  clauses: {
    a: 'a run has exactly one end, however it comes to it',
    b: 'a run that has ended starts nothing more: to run it again is to be told how it ended',
  },
  usual: 'write the end in one place, and look for it before anything is begun or resumed',
  mutant: 'terminal-not-absorbing',
  concerns: () => true,
  start: (facts) => ({ own: facts.own, end: undefined }),
  on: {
    'run-start': begins,
    'run-resume': begins,
    'model-call-start': begins,
    'batch-open': begins,
    'attempt-start': begins,
    'call-settled': begins,
    'batch-commit': begins,
    'compensation-start': begins,
    'prompt-received': begins,
    'run-end': (state, event, judge) => {
      if (state.end) {
        const because = `the run ended a second time (${event.status}), after it had ended as ${state.end.status}`
        return judge.broken(because, { clause: 'a', witness: [state.end.seq, event.seq] })
      }
      state.end = event
      return judge.held
    },
  },
}

function begins(state: State, event: AnyEvent, judge: Judge): Judgement {
  const { end } = state
  // What the world ended, and a life that was overtaken, may not know of it.
  if (!end || event.incarnation < end.incarnation || (!state.own && end.status === 'timed-out')) return judge.skip
  if ('call' in event && event.call?.includes('/')) return judge.skip
  const what = event.type === 'prompt-received' ? 'asked the model' : `wrote ${event.type}`
  const because = `the run had ended (${end.status}), and then it ${what}`
  return judge.broken(because, { clause: 'b', witness: [end.seq, event.seq] })
}
