/** `cancel-propagation`: a run that its user cancelled stops. Broken by a runtime in which an abort is one more error of a tool. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { lastedMs } from '../lasted.js'

/** From the wish to its record, and from there to the end of what was running: some operations of a store that is well. */
const graceMs = 2_000

interface State {
  /** The store or the process was struck: from then on nothing is held against the clock. */
  isHindered: boolean
  /** When the user spoke. */
  spoken: { readonly seq: number; readonly vt: number } | undefined
  /** When the log says that it was heard. */
  requested: { readonly seq: number; readonly vt: number } | undefined
  /** When the store last took a record. */
  acknowledged: number
  /** It has said so since the wish was put down: until then the run may not know of it. */
  isHeard: boolean
  /** Attempts that run, and the model call. */
  readonly running: Set<string>
  isUndoing: boolean
  /** It was in the midst of something that it had to let go: what it says at its end was decided after that. */
  wasBusy: boolean
  /** The model had said its last word before. */
  hasStopped: boolean
}

export const cancelPropagation: Check<State> = {
  name: 'cancel-propagation',
  says: 'A run that is cancelled begins nothing more, lets go of what it is doing, and says that it was cancelled.',
  kind: 'safety',
  clauses: {
    a: 'after the wish to stop no attempt and no model call begins; what undoes goes on',
    b: 'an attempt that was running ends at once, not by its own time',
    c: 'a run that was cancelled ends as such, unless its last word had been said',
  },
  usual: 'give the signal to every request and wait, and ask before each step whether it has spoken',
  mutant: 'abort-is-tool-error',
  concerns: (facts) => facts.own,
  start: () => ({
    isHindered: false,
    spoken: undefined,
    requested: undefined,
    acknowledged: 0,
    isHeard: false,
    running: new Set(),
    isUndoing: false,
    wasBusy: false,
    hasStopped: false,
  }),
  on: {
    'fault-injected': (state, event, judge) => {
      if (event.fault === 'user/cancel') state.spoken = event
      if (event.fault.startsWith('store/') || event.fault.startsWith('process/')) state.isHindered = true
      return judge.skip
    },
    'append-acknowledged': (state, { vt }, judge) => {
      state.acknowledged = vt
      state.isHeard = state.requested !== undefined
      return judge.skip
    },
    crash: (state, _event, judge) => {
      state.running.clear()
      return judge.skip
    },
    'saga-abort': (state, _event, judge) => {
      state.isUndoing = true
      return judge.skip
    },
    'cancel-requested': (state, event, judge) => {
      state.requested = event
      state.wasBusy = state.running.size > 0 && !state.isUndoing
      return judge.held
    },
    // The answer may be in hand while the wish still waits for the store.
    'model-answered': (state, event, judge) => {
      if (!state.isHeard) state.hasStopped = event.complete && event.calls.length === 0
      return judge.skip
    },
    'model-call-end': (state, _event, judge) => {
      state.running.delete('model')
      return judge.skip
    },
    'model-call-start': (state, event, judge) => {
      state.running.add('model')
      return judgeStart(state, event, `the model call of turn ${event.turn}`, judge)
    },
    'attempt-start': (state, event, judge) => {
      // A subagent hears of it in its own log, and is judged by that.
      if (event.call.includes('/')) return judge.skip
      state.running.add(event.call)
      return judgeStart(state, event, `${event.tool} (${event.call})`, judge)
    },
    'attempt-end': judgeAttempt,
    'run-end': judgeEnd,
  },
  met: (state) => state.requested !== undefined,
}

function judgeStart(
  state: State,
  event: EventOf<'model-call-start'> | EventOf<'attempt-start'>,
  what: string,
  judge: Judge,
): Judgement {
  const { isHindered, requested, spoken } = state
  const tool = event.type === 'attempt-start' ? event.tool : undefined
  if (requested) {
    const because = `${what} began after the run had been cancelled`
    return judge.broken(because, { clause: 'a', witness: [requested.seq, event.seq], tool })
  }
  // A record may be on its way to the store when they speak, and take its time.
  const afterMs = lastedMs(event, spoken?.vt ?? 0, 0)
  if (!spoken || isHindered || afterMs <= graceMs) return judge.skip
  const because = `${what} began ${afterMs} ms after the user had cancelled`
  return judge.broken(because, { clause: 'a', witness: [spoken.seq, event.seq], tool })
}

function judgeAttempt(
  { isHindered, requested, running, acknowledged }: State,
  event: EventOf<'attempt-end'>,
  judge: Judge,
): Judgement {
  running.delete(event.call)
  if (!requested) return judge.skip
  const onMs = lastedMs(event, requested.vt, acknowledged)
  if (isHindered || onMs <= graceMs) return judge.held
  const because = `${event.tool} (${event.call}) ran on for ${onMs} ms after the run had been cancelled`
  return judge.broken(because, { clause: 'b', witness: [requested.seq, event.seq], tool: event.tool })
}

function judgeEnd({ requested, hasStopped, wasBusy }: State, event: EventOf<'run-end'>, judge: Judge): Judgement {
  if (!requested) return judge.skip
  if (hasStopped || event.status === 'cancelled' || event.status === 'needs-intervention') return judge.held
  // It may have been about to end otherwise, and hears of the wish too late.
  if (event.status !== 'completed' && !wasBusy) return judge.held
  const because = `the run had been cancelled, and ended as ${event.status} (${event.reason})`
  return judge.broken(because, { clause: 'c', witness: [requested.seq, event.seq] })
}
