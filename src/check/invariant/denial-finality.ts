/** `denial-finality`: a denied call never starts, and the model is told so once. Broken by an agent that asks on one way and starts on another. */

import type { Check } from '../invariant.js'

interface State {
  /** Its author expects that it is denied something: some of its tools need approval. */
  readonly isGated: boolean
  readonly calls: Map<string, string>
  /** Denied or expired calls: the event that says so. */
  readonly final: Map<string, number>
  readonly told: Map<string, number>
}

export const denialFinality: Check<State> = {
  name: 'denial-finality',
  says: 'What was denied, or not approved in time, never happens, and the model gets one result that says so.',
  kind: 'safety',
  clauses: {
    a: 'after a denial or an expiry the call never starts, and has no effect',
    b: 'it has one result, which failed, and no later approval of it counts',
  },
  usual: 'look for a denial in the one place that starts calls, whichever way a call comes there',
  mutant: 'gate-on-one-path',
  // Whoever its tools ask by declaration, in a world any of them may.
  concerns: (facts) => facts.own,
  start: (facts) => ({
    isGated: facts.tools.some(({ approvers }) => approvers !== undefined),
    calls: new Map(),
    final: new Map(),
    told: new Map(),
  }),
  on: {
    'approval-requested': (state, event, judge) => {
      state.calls.set(event.approval, event.call)
      return judge.skip
    },
    'approval-decided': (state, event, judge) => {
      const call = state.calls.get(event.approval) ?? ''
      const before = state.final.get(call)
      if (before !== undefined) {
        const because = `${event.approval} was decided again after it was denied`
        return judge.broken(because, { clause: 'b', witness: [before, event.seq] })
      }
      if (event.decision === 'deny') state.final.set(call, event.seq)
      return judge.skip
    },
    'approval-expired': (state, event, judge) => {
      if (!state.final.has(event.call)) state.final.set(event.call, event.seq)
      return judge.skip
    },
    'attempt-start': (state, event, judge) => {
      const denied = state.final.get(event.call)
      if (denied === undefined) return judge.skip
      const because = `${event.tool} (${event.call}) started after it was denied`
      return judge.broken(because, { clause: 'a', witness: [denied, event.seq], tool: event.tool })
    },
    'effect-applied': (state, event, judge) => {
      const denied = event.call === undefined ? undefined : state.final.get(event.call)
      if (denied === undefined) return judge.skip
      const because = `${event.backend}.${event.operation} was done by ${event.call}, which was denied`
      return judge.broken(because, { clause: 'a', witness: [denied, event.seq] })
    },
    'batch-commit': (state, event, judge) => {
      const results = event.results.filter(({ call }) => state.final.has(call))
      for (const { call, outcome, tool } of results) {
        const before = state.told.get(call)
        state.told.set(call, event.seq)
        if (before === undefined && outcome === 'failed') continue
        const because = before === undefined ? `was told as ${outcome}` : 'was told twice'
        return judge.broken(`the denial of ${tool} (${call}) ${because}`, { clause: 'b', tool })
      }
      return results.length > 0 ? judge.held : judge.skip
    },
  },
  // Of a tool that only asks what it has to know, few are denied an answer.
  met: ({ isGated, calls, final }) => (isGated ? calls.size > 0 : final.size > 0),
}
