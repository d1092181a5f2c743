/**
 * `lane-order`: who is under way goes first, and nobody waits for ever. Broken by a queue that is first in, first out. A promise
 * about many sessions at once: a trial runs one, so it is no entry of the registry, and a watch over the queue of several is given
 * it by name.
 */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'

interface State {
  readonly ageMs: number
  readonly waiting: Map<string, EventOf<'lane-joined'>>
}

export const laneOrder: Check<State> = {
  name: 'lane-order',
  says: 'No request of a new session goes to the model while one of a session under way waits; new ones go in the end.',
  kind: 'liveness',
  clauses: {
    a: 'a new session that has not waited its time is not served while one under way waits',
    b: 'when nothing is left that could happen, nobody waits',
  },
  usual: 'keep one queue a lane, serve the lane of sessions under way first, and let age promote the others',
  mutant: 'new-before-resuming',
  concerns: (facts) => facts.lanes !== undefined,
  start: (facts) => ({ ageMs: facts.lanes?.ageMs ?? 0, waiting: new Map() }),
  on: {
    'lane-joined': (state, event, judge) => {
      state.waiting.set(event.request, event)
      return judge.skip
    },
    'lane-left': (state, event, judge) => {
      const joined = state.waiting.get(event.request)
      state.waiting.delete(event.request)
      const others = [...state.waiting.values()].filter((one) => one.way === 'resuming')
      if (others.length === 0 || !joined || !event.served) return judge.skip
      if (joined.way === 'resuming' || event.vt - joined.vt >= state.ageMs) return judge.held
      const because = `the new request ${event.request} went to the model while ${others.length} of sessions under way waited`
      return judge.broken(because, { clause: 'a', witness: [others[0]!.seq, event.seq] })
    },
  },
  atRest: (state, judge) => {
    const [left] = state.waiting.values()
    if (!left) return judge.held
    return judge.broken(`the request ${left.request} was never served`, { clause: 'b', witness: [left.seq] })
  },
}
