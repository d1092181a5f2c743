/** `ambiguity-honesty`: what may have happened is never called undone. Broken by an agent that settles a timed-out write as failed. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { isDoubtful, toolFacts } from '../tool-facts.js'

interface Call {
  readonly tool: string
  /** Latest attempt, and how it ended; no outcome while it runs or when a crash cut it. */
  attempt: number
  incarnation: number
  seq: number
  outcome: 'ok' | 'failed' | 'unknown' | undefined
  /** The tool looked and said that nothing had happened: its word counts, now and later. */
  reconciled: boolean
  /** Where the call, or an attempt of it, was declared failed. */
  failed: Map<number, number> | undefined
  settledFailed: number | undefined
  settledUnknown: boolean
  applied: Map<number, number> | undefined
}

interface State {
  readonly facts: Facts
  readonly calls: Map<string, Call>
}

export const ambiguityHonesty: Check<State> = {
  name: 'ambiguity-honesty',
  says: 'A write that may have happened is called unknown: never failed, never blindly tried again.',
  kind: 'safety',
  clauses: {
    a: 'an attempt or a call is called failed only if its effect did not and cannot happen',
    b: 'a call whose outcome is unknown is shown to the model as unknown',
    c: 'a tool without idempotency is not tried again after an unknown outcome',
  },
  usual:
    'treat a timeout, a lost connection or a crash during a write as unknown, and look the effect up before anything else',
  mutant: 'timeout-means-failed',
  concerns: (facts) => facts.own && facts.tools.some((tool) => tool.effect !== 'read'),
  start: (facts) => ({ facts, calls: new Map() }),
  on: {
    'attempt-start': (state, event, judge) => judgeAttempt(state, event, judge),
    'call-reconciled': (state, event, judge) => {
      const call = event.answer === 'not-applied' ? state.calls.get(event.call) : undefined
      if (call) call.reconciled = true
      return judge.skip
    },
    'effect-applied': (state, event, judge) => judgeEffect(state, event, judge),
    'attempt-end': (state, event, judge) => {
      const call = state.calls.get(event.call)
      if (!call) return judge.skip
      call.outcome = event.outcome
      if (event.outcome === 'unknown') return judge.held
      if (event.outcome !== 'failed') return judge.skip
      call.failed ??= new Map()
      call.failed.set(event.attempt, event.seq)
      const applied = call.applied?.get(event.attempt)
      return applied === undefined
        ? judge.skip
        : untrue(event, `attempt ${event.attempt} of ${event.tool} (${event.call})`, applied, event.seq, judge)
    },
    'call-settled': (state, event, judge) => {
      const call = state.calls.get(event.call)
      if (!call) return judge.skip
      call.settledUnknown = event.outcome === 'unknown'
      if (event.outcome !== 'failed' || call.reconciled) return judge.skip
      call.settledFailed = event.seq
      const [applied] = call.applied?.values() ?? []
      return applied === undefined
        ? judge.skip
        : untrue(event, `${event.tool} (${event.call})`, applied, event.seq, judge)
    },
    'batch-commit': (state, event, judge) => {
      let answer = judge.skip
      for (const result of event.results) {
        if (!state.calls.get(result.call)?.settledUnknown) continue
        answer = judge.held
        if (result.outcome === 'unknown') continue
        const because = `the outcome of ${result.tool} (${result.call}) is unknown, but the model is shown that it ${result.outcome === 'ok' ? 'succeeded' : 'failed'}`
        return judge.broken(because, { clause: 'b', tool: result.tool })
      }
      return answer
    },
  },
}

function judgeAttempt(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const tool = toolFacts(state.facts, event.tool)
  if (!tool || tool.effect === 'read') return judge.skip
  const call = state.calls.get(event.call)
  if (!call) {
    state.calls.set(event.call, {
      tool: event.tool,
      attempt: event.attempt,
      incarnation: event.incarnation,
      seq: event.seq,
      outcome: undefined,
      reconciled: false,
      failed: undefined,
      settledFailed: undefined,
      settledUnknown: false,
      applied: undefined,
    })
    return judge.skip
  }
  const cut = call.outcome === undefined && call.incarnation !== event.incarnation
  const blind = isDoubtful(tool) && !call.reconciled && (call.outcome === 'unknown' || cut)
  const before = call.seq
  call.attempt = event.attempt
  call.incarnation = event.incarnation
  call.seq = event.seq
  call.outcome = undefined
  call.reconciled = false
  if (!blind) return judge.skip
  const because = `${event.tool} (${event.call}) was tried again although nobody knew whether the attempt before took effect, and it is not safe to repeat`
  return judge.broken(because, { clause: 'c', witness: [before, event.seq], tool: event.tool })
}

function judgeEffect(state: State, event: EventOf<'effect-applied'>, judge: Judge): Judgement {
  const call = event.call === undefined || event.compensates !== undefined ? undefined : state.calls.get(event.call)
  if (!call || event.attempt === undefined || call.reconciled) return judge.skip
  call.applied ??= new Map()
  call.applied.set(event.attempt, event.seq)
  const declared = call.failed?.get(event.attempt) ?? call.settledFailed
  if (declared === undefined) return judge.skip
  return untrue({ tool: call.tool }, `${call.tool} (${event.call})`, event.seq, declared, judge)
}

function untrue(
  event: { readonly tool: string },
  what: string,
  applied: number,
  declared: number,
  judge: Judge,
): Judgement {
  const because = `${what} was called failed, which means that nothing happened, but its effect ${applied < declared ? 'had been' : 'was later'} applied`
  return judge.broken(because, { clause: 'a', witness: [applied, declared], tool: event.tool })
}
