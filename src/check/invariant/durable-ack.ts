/** `durable-ack`: what was acknowledged survives a crash, and nothing is shown or sent that the log does not hold. Broken by an agent that saves at the end. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  /** Highest acknowledged version by session, and the event that said so. */
  readonly acknowledged: Map<string, { readonly version: number; readonly seq: number }>
  readonly started: Map<string, number>
  readonly compensating: Set<string>
  /** Batches committed so far. */
  commits: number
  crashed: boolean
  crashSeen: boolean
}

export const durableAck: Check<State> = {
  name: 'durable-ack',
  says: 'What was acknowledged before a crash is there after it, and what the world sees is in the log first.',
  kind: 'safety',
  clauses: {
    a: 'every acknowledged version is loaded after a crash',
    b: 'an attempt is in the log before its write is sent, and a batch before the model is shown its results',
  },
  usual: 'append each step to the durable log, and wait for the acknowledgement, before the world sees the step',
  mutant: 'save-at-end',
  concerns: (facts) => facts.own,
  start: () => ({
    acknowledged: new Map(),
    started: new Map(),
    compensating: new Set(),
    commits: 0,
    crashed: false,
    crashSeen: false,
  }),
  on: {
    'append-acknowledged': (state, event, judge) => {
      const before = state.acknowledged.get(event.session)
      if (!before || before.version < event.version) {
        state.acknowledged.set(event.session, { version: event.version, seq: event.seq })
      }
      return judge.skip
    },
    crash: (state, _event, judge) => {
      state.crashed = state.crashSeen = true
      return judge.skip
    },
    'state-load': (state, event, judge) => judgeLoad(state, event, judge),
    'batch-commit': (state, _event, judge) => {
      state.commits++
      return judge.skip
    },
    'attempt-start': (state, event, judge) => {
      state.started.set(event.call, event.attempt)
      return judge.skip
    },
    'compensation-start': (state, event, judge) => {
      state.compensating.add(event.call)
      return judge.skip
    },
    'request-arrived': (state, event, judge) => judgeArrival(state, event, judge),
    'prompt-received': (state, event, judge) => {
      let shown = 0
      for (const message of event.messages) if (message.role === 'tool') shown++
      if (shown <= state.commits) return judge.skip
      const because = `the prompt of turn ${event.turn} shows the results of ${shown} batches, but the log holds ${state.commits}`
      return judge.broken(because, { clause: 'b' })
    },
  },
  met: (state) => state.crashSeen,
}

function judgeLoad(state: State, event: EventOf<'state-load'>, judge: Judge): Judgement {
  const acknowledged = state.acknowledged.get(event.session)
  const { crashed } = state
  // The store was told to answer with an older version: its doing.
  if (event.isStale) return judge.skip
  state.crashed = false
  if (!acknowledged) return judge.skip
  if (event.version < acknowledged.version) {
    const because = `version ${acknowledged.version} of the log was acknowledged, but after the restart only version ${event.version} was there`
    return judge.broken(because, { clause: 'a', witness: [acknowledged.seq, event.seq] })
  }
  return crashed ? judge.held : judge.skip
}

function judgeArrival(state: State, event: EventOf<'request-arrived'>, judge: Judge): Judgement {
  const { call, attempt } = event
  if (event.kind !== 'write' || call === undefined || attempt === undefined) return judge.skip
  const logged = call.endsWith('.undo')
    ? state.compensating.has(call.slice(0, -'.undo'.length))
    : (state.started.get(call) ?? 0) >= attempt
  if (logged || call.endsWith('.reconcile')) return judge.skip
  const because = `${event.backend}.${event.operation} was asked to write for ${call} before the log held attempt ${attempt}`
  return judge.broken(because, { clause: 'b' })
}
