/** `causal-order`: nothing happens before what it depends on. Broken by an agent that asks the model again while its tools still run. */

import { conflictsBefore, serialOrder } from '../../core/batch-order.js'
import type { EventOf, Intent } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { turnOf } from '../proposed-calls.js'

interface State {
  /** Highest turn the model was called for. */
  turn: number
  /** The model call that has not ended. */
  outstanding: { readonly seq: number; readonly turn: number; readonly incarnation: number } | undefined
  open: { readonly turn: number; readonly seq: number } | undefined
  committed: number
  committedAt: number
  /** The life that committed last. */
  committedIn: number
  /** The calls of the open batch in the order that their dependencies and resources prescribe; empty when they declare none. */
  order: readonly Intent[]
  /** How the calls of the open batch were settled. */
  readonly settled: Map<string, string>
  bound: boolean
}

export const causalOrder: Check<State> = {
  name: 'causal-order',
  says: 'Turns follow one another: a batch is committed before the model is called again, and a call runs within its own batch only.',
  kind: 'safety',
  clauses: {
    a: 'turn numbers never go back',
    b: 'one model call at a time, each after the batch before it was committed',
    c: 'a call starts only when every call it depends on has settled ok',
    d: 'calls that touch one resource, of which one changes it, run one after the other in call order',
    e: 'a call starts only while its own batch is open',
  },
  usual: 'finish a turn before the next begins: one model call, then its whole batch, then the commit',
  mutant: 'commit-per-result',
  concerns: (facts) => facts.own,
  start: () => ({
    turn: 0,
    outstanding: undefined,
    open: undefined,
    committed: 0,
    committedAt: 0,
    committedIn: 0,
    order: [],
    settled: new Map(),
    bound: false,
  }),
  on: {
    'run-start': (state, _event, judge) => {
      state.turn = state.committed = 0
      state.open = state.outstanding = undefined
      return judge.skip
    },
    'model-call-start': (state, event, judge) => {
      const { outstanding, open } = state
      if (event.turn < state.turn) {
        return judge.broken(`the model was called for turn ${event.turn} after turn ${state.turn} had begun`, {
          clause: 'a',
        })
      }
      if (outstanding && outstanding.incarnation === event.incarnation) {
        const because = `the model was called for turn ${event.turn} while its call of turn ${outstanding.turn} was not answered`
        return judge.broken(because, { clause: 'b', witness: [outstanding.seq, event.seq] })
      }
      if (open && open.turn < event.turn) {
        const because = `the model was called for turn ${event.turn} before the results of turn ${open.turn} were committed`
        return judge.broken(because, { clause: 'b', witness: [open.seq, event.seq] })
      }
      const again = state.turn > 0 && event.turn > state.turn
      state.turn = event.turn
      state.outstanding = { seq: event.seq, turn: event.turn, incarnation: event.incarnation }
      return again ? judge.held : judge.skip
    },
    'model-call-end': (state, _event, judge) => {
      state.outstanding = undefined
      return judge.skip
    },
    'batch-open': (state, event, judge) => {
      state.open = { turn: event.turn, seq: event.seq }
      state.settled.clear()
      const isBound = event.calls.some(({ dependsOn, resources }) => dependsOn?.length || resources?.length)
      state.order = isBound ? serialOrder(event.calls) : []
      state.bound ||= isBound
      return judge.skip
    },
    'call-rejected': (state, event, judge) => {
      state.settled.set(event.call, 'failed')
      return judge.skip
    },
    'call-settled': (state, event, judge) => {
      state.settled.set(event.call, event.outcome)
      return judge.skip
    },
    'batch-commit': (state, event, judge) => {
      if (state.open?.turn === event.turn) state.open = undefined
      state.committed = Math.max(state.committed, event.turn)
      state.committedAt = event.seq
      state.committedIn = event.incarnation
      return judge.skip
    },
    'request-arrived': judgeWithin,
    'attempt-start': (state, event, judge) => {
      if (event.call.includes('/')) return judge.skip
      const turn = turnOf(event.call)
      if (state.open?.turn === turn) return state.order.length > 0 ? judgeOrder(state, event, judge) : judge.skip
      const closed = turn <= state.committed
      const because = closed
        ? `${event.tool} (${event.call}) was started after the results of its turn were committed`
        : `${event.tool} (${event.call}) was started before its batch was opened`
      return judge.broken(because, {
        clause: 'e',
        witness: closed ? [state.committedAt, event.seq] : [event.seq],
        tool: event.tool,
      })
    },
  },
  met: (state) => state.turn > 1 || state.bound,
}

/**
 * What runs within a call of a subagent follows the turns of its own session, but is over with its batch. Its log does not tell:
 * what a life wrote before it died may come later. A life that was overtaken cannot know what the last one committed.
 */
function judgeWithin(state: State, event: EventOf<'request-arrived'>, judge: Judge): Judgement {
  const { call, seq, incarnation } = event
  if (!call?.includes('/') || /\.(undo|reconcile)$/.test(call)) return judge.skip
  if (turnOf(call) > state.committed || incarnation < state.committedIn) return judge.skip
  const because = `${event.backend}.${event.operation} was called for ${call}, of a subagent, after the results of its turn were committed`
  return judge.broken(because, { clause: 'e', witness: [state.committedAt, seq] })
}

function judgeOrder(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const intent = state.order.find(({ call }) => call === event.call)
  const dependsOn = intent?.dependsOn ?? []
  const unmet = dependsOn.find((path) => state.settled.get(path) !== 'ok')
  if (unmet !== undefined) {
    const because = `${event.tool} (${event.call}) was started although ${unmet}, which it depends on, had not settled ok`
    return judge.broken(because, { clause: 'c', tool: event.tool })
  }
  const before = intent ? conflictsBefore(state.order, intent) : []
  const open = before.find(({ call }) => !state.settled.has(call))
  if (open) {
    const because = `${event.tool} (${event.call}) was started before ${open.call} (${open.tool}), which touches the same resource, had settled`
    return judge.broken(because, { clause: 'd', tool: event.tool })
  }
  return dependsOn.length + before.length > 0 ? judge.held : judge.skip
}
