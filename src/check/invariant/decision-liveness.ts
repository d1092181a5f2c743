/** `decision-liveness`: what is approved happens, or the log says why not. Broken by an agent that loses requests, or refuses decisions while they are awaited. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Request {
  readonly event: EventOf<'approval-requested'>
  readonly approved: Set<string>
  isOver: boolean
  /** The rules have changed since: it is asked for anew, and what is said of this one counts for nothing. */
  isOutdated: boolean
}

interface State {
  readonly byName: Map<string, Request>
  /** What approvers said of requests, as they meant it, by its id. */
  readonly genuine: Set<string>
  hasEnded: boolean
}

export const decisionLiveness: Check<State> = {
  name: 'decision-liveness',
  says: 'A request stays until it is decided or expired, and what is decided in time counts.',
  kind: 'liveness',
  clauses: {
    a: 'a call whose approval was asked for starts, or leaves a record of why not',
    b: 'a decision about a request that is pending is not refused',
    c: 'a request is made once, whatever became of its notifications',
  },
  usual: 'write the request before you tell anybody, keep it until it expires, and take decisions whenever they come',
  mutant: 'decision-refused-while-live',
  // Whoever its tools ask by declaration, in a world any of them may.
  concerns: (facts) => facts.own,
  start: () => ({ byName: new Map(), genuine: new Set(), hasEnded: false }),
  on: {
    'approval-requested': (state, event, judge) => {
      const twin = state.byName.get(event.approval)
      state.byName.set(event.approval, { event, approved: new Set(), isOver: false, isOutdated: false })
      if (!twin) return judge.skip
      const because = `${event.approval} was asked for twice`
      return judge.broken(because, { clause: 'c', witness: [twin.event.seq, event.seq], tool: event.tool })
    },
    'policy-changed': (state, { tool }, judge) => {
      for (const request of state.byName.values()) if (request.event.tool === tool) request.isOutdated = true
      return judge.skip
    },
    'decision-sent': (state, event, judge) => {
      if (event.genuine) state.genuine.add(event.id)
      return judge.skip
    },
    'approval-decided': (state, event, judge) => {
      const request = state.byName.get(event.approval)
      if (event.decision === 'approve') request?.approved.add(event.by)
      else if (request) request.isOver = true
      return judge.held
    },
    'approval-refused': (state, event, judge) => judgeRefusal(state, event, judge),
    'approval-consumed': (state, event, judge) => close(state, event.call, judge),
    'call-rejected': (state, event, judge) => close(state, event.call, judge),
    'call-settled': (state, event, judge) => close(state, event.call, judge),
    'run-end': (state, _event, judge) => {
      state.hasEnded = true
      return judge.skip
    },
  },
  atRest: (state, judge, truncated) => {
    const lost = [...state.byName.values()].find(({ isOver }) => !isOver)
    if (truncated || !lost) return judge.skip
    const { seq, tool, call } = lost.event
    return judge.broken(`${tool} (${call}) waits for its approval for ever`, { clause: 'a', witness: [seq], tool })
  },
  met: (state) => state.byName.size > 0,
}

function close(state: State, call: string, judge: Judge): Judgement {
  for (const request of state.byName.values()) if (request.event.call === call) request.isOver = true
  return judge.skip
}

function judgeRefusal(state: State, event: EventOf<'approval-refused'>, judge: Judge): Judgement {
  const request = state.byName.get(event.approval)
  if (!request || request.isOver || request.isOutdated || !state.genuine.has(event.id)) return judge.skip
  if (event.at >= request.event.expiresAt || request.approved.has(event.by)) return judge.skip
  const because = `${event.by} decided about ${event.approval} while it was pending, and was refused`
  return judge.broken(because, { clause: 'b', witness: [request.event.seq, event.seq], tool: request.event.tool })
}
