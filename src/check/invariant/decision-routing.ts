/** `decision-routing`: a decision reaches the request it names, once. Broken by an agent that matches decisions by their order. */

import { type Json, sameCanonical } from '../../core/json.js'
import type { Check } from '../invariant.js'

interface State {
  /** What was said, by its id: about which request. */
  readonly said: Map<string, string>
  readonly taken: Map<string, number>
  /** The call that a request is about, and what was answered to each call, in order. */
  readonly calls: Map<string, string>
  readonly answers: Map<string, Json[]>
  requests: number
  /** In a world everything that is said is seen; a log alone holds only what was taken. */
  isWorld: boolean
}

export const decisionRouting: Check<State> = {
  name: 'decision-routing',
  says: 'A decision reaches exactly the request that it names, and at most once.',
  kind: 'safety',
  clauses: {
    a: 'what counts as decided was said, about that request, and counts once',
    b: 'a tool is handed what was answered to its own questions, all of it, in their order',
  },
  usual: 'give every request a name of its own, and look decisions up by that name alone',
  mutant: 'decisions-by-position',
  // Whoever its tools ask by declaration, in a world any of them may.
  concerns: (facts) => facts.own,
  start: () => ({
    said: new Map(),
    taken: new Map(),
    calls: new Map(),
    answers: new Map(),
    requests: 0,
    isWorld: false,
  }),
  on: {
    'state-load': (state, _event, judge) => {
      state.isWorld = true
      return judge.skip
    },
    'approval-requested': (state, { approval, call }, judge) => {
      state.requests++
      state.calls.set(approval, call)
      return judge.skip
    },
    'decision-sent': (state, event, judge) => {
      state.said.set(event.id, event.approval)
      return judge.skip
    },
    'answers-handed': (state, { call, tool, answers, seq }, judge) => {
      if (sameCanonical(answers, state.answers.get(call) ?? [])) return judge.held
      return judge.broken(`${tool} (${call}) was handed answers to other questions than its own`, {
        clause: 'b',
        witness: [seq],
        tool,
      })
    },
    'approval-decided': (state, { id, approval, by, value, seq }, judge) => {
      const call = state.calls.get(approval) ?? ''
      if (value !== undefined) state.answers.set(call, [...(state.answers.get(call) ?? []), value])
      const before = state.taken.get(id)
      state.taken.set(id, seq)
      const about = state.isWorld ? state.said.get(id) : approval
      if (before === undefined && about === approval) return state.requests > 1 ? judge.held : judge.skip
      const what = before === undefined ? `was about ${about ?? 'nothing'}` : 'had counted already'
      const witness = before === undefined ? [seq] : [before, seq]
      return judge.broken(`what ${by} said ${what}, and was taken as a decision about ${approval}`, { witness })
    },
  },
  met: (state) => state.requests > 0,
}
