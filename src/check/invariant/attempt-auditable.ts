/** `attempt-auditable`: every attempt has its own record, written before its effect. Broken by a runtime that logs only how a call ended. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Attempts {
  readonly started: Map<number, number>
  readonly ended: Set<number>
}

type State = Map<string, Attempts>

export const attemptAuditable: Check<State> = {
  name: 'attempt-auditable',
  says: 'Every effect belongs to an attempt that the log has, and every attempt has its own record.',
  kind: 'safety',
  clauses: {
    a: 'the start of an attempt is durable before its effect, and its end when the call settles',
    b: 'only calls of the agent change the world',
  },
  usual: 'append one event when an attempt starts, before it may change anything, and one when it ends',
  mutant: 'one-trace-per-call',
  concerns: (facts) => facts.own,
  start: () => new Map(),
  on: {
    'attempt-start': (state, event, judge) => {
      attemptsOf(state, event.call).started.set(event.attempt, event.seq)
      return judge.skip
    },
    'attempt-end': (state, event, judge) => {
      attemptsOf(state, event.call).ended.add(event.attempt)
      return judge.skip
    },
    'compensation-start': (state, event, judge) => {
      attemptsOf(state, `${event.call}.undo`).started.set(event.attempt, event.seq)
      return judge.skip
    },
    'call-settled': judgeSettled,
    'effect-applied': judgeEffect,
  },
}

function judgeSettled(state: State, event: EventOf<'call-settled'>, judge: Judge): Judgement {
  const attempts = state.get(event.call)
  if (!attempts) return judge.skip
  for (const [attempt, seq] of attempts.started) {
    if (attempts.ended.has(attempt)) continue
    const because = `${event.tool} (${event.call}) settled, and the log does not say how attempt ${attempt} ended`
    return judge.broken(because, { clause: 'a', witness: [seq, event.seq], tool: event.tool })
  }
  return attempts.started.size > 1 ? judge.held : judge.skip
}

function judgeEffect(state: State, event: EventOf<'effect-applied'>, judge: Judge): Judgement {
  const { call, attempt } = event
  const what = `${event.backend}.${event.operation}`
  if (call === undefined || attempt === undefined) {
    return judge.broken(`${what} took effect outside any call of the agent`, { clause: 'b' })
  }
  if (call.endsWith('.reconcile') || state.get(call)?.started.has(attempt)) return judge.held
  return judge.broken(`${what} took effect before the log had the start of ${call}, attempt ${attempt}`, {
    clause: 'a',
  })
}

function attemptsOf(state: State, call: string): Attempts {
  let attempts = state.get(call)
  if (!attempts) {
    attempts = { started: new Map(), ended: new Set() }
    state.set(call, attempts)
  }
  return attempts
}
