/** `decision-routing`: a decision reaches the request it names, once. Broken by an agent that matches decisions by their order. */

import type { Check } from '../invariant.js'

interface State {
  /** What was said, by its id: about which request. */
  readonly said: Map<string, string>
  readonly taken: Map<string, number>
  requests: number
  /** In a world everything that is said is seen; a log alone holds only what was taken. */
  isWorld: boolean
}

export const decisionRouting: Check<State> = {
  name: 'decision-routing',
  says: 'A decision reaches exactly the request that it names, and at most once.',
  kind: 'safety',
  clauses: { a: 'what counts as decided was said, about that request, and counts once' },
  usual: 'give every request a name of its own, and look decisions up by that name alone',
  mutant: 'decisions-by-position',
  concerns: (facts) => facts.own && facts.tools.some(({ approvers }) => approvers !== undefined),
  start: () => ({ said: new Map(), taken: new Map(), requests: 0, isWorld: false }),
  on: {
    'state-load': (state, _event, judge) => {
      state.isWorld = true
      return judge.skip
    },
    'approval-requested': (state, _event, judge) => {
      state.requests++
      return judge.skip
    },
    'decision-sent': (state, event, judge) => {
      state.said.set(event.id, event.approval)
      return judge.skip
    },
    'approval-decided': (state, { id, approval, by, seq }, judge) => {
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
