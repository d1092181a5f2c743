/** `observer-neutrality`: who watches a run does not change it. Broken by an agent that dies of its logger. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  /** A sink failed, or was slow, in this run. */
  struck: EventOf<'fault-landed'> | undefined
  ended: boolean
  met: boolean
}

export const observerNeutrality: Check<State> = {
  name: 'observer-neutrality',
  says: 'A run comes to its own end, whatever those do who are told of it.',
  kind: 'safety',
  clauses: { a: 'a sink that throws, rejects or never answers ends no run' },
  usual: 'catch what a sink throws where it is told, count it, and wait for no answer of it',
  mutant: 'logger-throws-through',
  concerns: (facts) => facts.own && facts.nested !== true,
  start: () => ({ struck: undefined, ended: false, met: false }),
  on: {
    'fault-landed': (state, event, judge) => {
      if (!event.fault.startsWith('observability/sink-')) return judge.skip
      state.struck ??= event
      return judge.skip
    },
    'run-end': (state, _event, judge) => {
      state.ended = true
      state.met ||= state.struck !== undefined
      return state.struck ? judge.held : judge.skip
    },
    'run-settled': judgeSettled,
  },
  met: (state) => state.met,
}

function judgeSettled(state: State, event: EventOf<'run-settled'>, judge: Judge): Judgement {
  if (!state.struck || state.ended || event.status !== 'failed') return judge.skip
  const because = `the run was given up (${event.reason}) without an end of its own, after a sink had failed`
  return judge.broken(because, { clause: 'a', witness: [state.struck.seq, event.seq] })
}
