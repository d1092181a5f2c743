/** `approval-gate`: what needs approval starts with it, once, in time, as it was approved. Broken by an agent that believes whoever says so. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { toolFacts } from '../tool-facts.js'

interface Request {
  readonly event: EventOf<'approval-requested'>
  /** Event numbers of the approvals, by who gave them. */
  readonly approved: Map<string, number>
  denied: number | undefined
  consumed: { readonly seq: number; readonly call: string } | undefined
  /** The incarnation in which it last covered a first attempt. */
  incarnation: number
}

interface State {
  readonly facts: Facts
  agent: string
  /** What is in force for a tool whose rules have changed. */
  readonly rules: Map<string, EventOf<'policy-changed'>>
  /** The last request of each call. */
  readonly byCall: Map<string, Request>
  readonly byName: Map<string, Request>
}

export const approvalGate: Check<State> = {
  name: 'approval-gate',
  says: 'A call that needs approval starts only when everybody who must has approved exactly that call, in time.',
  kind: 'safety',
  clauses: {
    a: 'the runtime asked for approval of this call, and it was decided, before the call started',
    b: 'the arguments that start are those that were approved',
    c: 'everybody on the list of the tool approved, nobody denied, and whoever asks is none of them',
    d: 'it starts before the request expires, and so it does after a restart',
    e: 'one approval starts one call, and is used up by that',
    f: 'what was approved under rules that have changed since starts nothing',
  },
  usual:
    'ask, check and use up the approval in the one place that starts calls, and take decisions from those who were asked',
  mutant: 'trust-client-approvals',
  // Whoever its tools ask by declaration, in a world any of them may.
  concerns: (facts) => facts.own,
  start: (facts) => ({ facts, agent: '', rules: new Map(), byCall: new Map(), byName: new Map() }),
  on: {
    'run-start': (state, event, judge) => {
      state.agent = event.agent
      return judge.skip
    },
    'approval-requested': (state, event, judge) => {
      const request = { event, approved: new Map(), denied: undefined, consumed: undefined, incarnation: 0 }
      state.byCall.set(event.call, request)
      state.byName.set(event.approval, request)
      if (event.question !== undefined) return judge.skip
      const inForce = state.rules.get(event.tool) ?? toolFacts(state.facts, event.tool)
      const asked = inForce?.approvers?.join(', ')
      if (asked === event.approvers.join(', ')) return judge.skip
      const because = `${event.tool} needs the approval of ${asked ?? 'nobody'}, and ${event.approvers.join(', ')} were asked`
      return judge.broken(because, { clause: 'c', tool: event.tool })
    },
    'policy-changed': (state, event, judge) => {
      state.rules.set(event.tool, event)
      return judge.skip
    },
    'approval-decided': (state, event, judge) => {
      const request = state.byName.get(event.approval)
      if (event.decision === 'approve') request?.approved.set(event.by, event.seq)
      else if (request) request.denied = event.seq
      return judge.skip
    },
    'approval-consumed': (state, event, judge) => {
      const request = state.byName.get(event.approval)
      if (!request) return judge.skip
      const { consumed } = request
      if (consumed) {
        const because = `the approval of ${consumed.call} was used a second time`
        return judge.broken(because, { clause: 'e', witness: [consumed.seq, event.seq], tool: request.event.tool })
      }
      request.consumed = { seq: event.seq, call: event.call }
      request.incarnation = event.incarnation
      return judge.skip
    },
    'attempt-start': (state, event, judge) =>
      state.byCall.has(event.call) || toolFacts(state.facts, event.tool)?.approvers
        ? judgeStart(state, event, judge)
        : judge.skip,
  },
  met: (state) => state.byName.size > 0,
}

function judgeStart(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const { call, tool } = event
  const request = state.byCall.get(call)
  const broken = (clause: string, because: string, ...witness: readonly (number | undefined)[]): Judgement =>
    judge.broken(because, { clause, witness: [...witness.filter((seq) => seq !== undefined), event.seq], tool })
  if (!request) return broken('a', `${tool} (${call}) started, and nobody had been asked to approve it`)
  const { event: asked, approved, denied, consumed } = request
  if (asked.argsDigest !== event.argsDigest) {
    return broken('b', `${tool} (${call}) started with other arguments than were shown for approval`, asked.seq)
  }
  if (denied !== undefined) return broken('c', `${tool} (${call}) started although it was denied`, denied)
  const missing = asked.approvers.find((name) => !approved.has(name) || name === state.agent)
  if (missing !== undefined) {
    const because = `${tool} (${call}) started without the approval of ${missing}`
    return broken('c', because, asked.seq, ...approved.values())
  }
  if (consumed?.call !== call) {
    return broken('e', `${tool} (${call}) started, and its approval was not used up by that`, asked.seq)
  }
  const rule = state.rules.get(tool)
  if (rule && event.attempt === 1 && !(rule.isGranted && rule.policy === asked.policy)) {
    const because = `${tool} (${call}) started by rules that had changed since it was approved`
    return broken('f', because, asked.seq, rule.seq)
  }
  const at = (event as { readonly at?: number }).at ?? event.vt
  if ((event.attempt === 1 || request.incarnation !== event.incarnation) && at >= asked.expiresAt) {
    return broken('d', `${tool} (${call}) started when its approval had expired`, asked.seq)
  }
  request.incarnation = event.incarnation
  return judge.held
}
