/** `step-bound`: a run takes as many turns as it may, not one more, not one fewer. Broken by a loop that compares one step off. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { isNested, turnOf } from '../proposed-calls.js'

interface State {
  readonly own: boolean
  readonly hasTools: boolean
  turns: number
  callsPerTurn: number
  turn: number
  /** Calls started in the turn that runs. */
  readonly started: Set<string>
  startedIn: number
  reached: boolean
}

export const stepBound: Check<State> = {
  name: 'step-bound',
  says: 'A run takes at most its turns and ends by that limit only when they are used up.',
  kind: 'safety',
  clauses: {
    a: 'the model is called for as many turns as the limit allows: not one more, and not one fewer when the limit ends the run',
    b: 'no more calls of one answer run than the limit allows',
    c: 'the last allowed turn offers no tools and runs none',
  },
  usual:
    'count turns in the durable state, compare once, before the model is called, and offer no tools in the last turn',
  mutant: 'loop-exits-one-early',
  concerns: (facts) => facts.own || facts.limits !== undefined,
  start: (facts) => ({
    own: facts.own,
    hasTools: facts.tools.length > 0,
    ...limitsOf(facts),
    turn: 0,
    started: new Set(),
    startedIn: 0,
    reached: false,
  }),
  on: {
    'run-start': (state, event, judge) => {
      if (!state.own) return judge.skip
      state.turn = state.startedIn = 0
      state.started.clear()
      state.turns = event.limits.turns
      state.callsPerTurn = event.limits.callsPerTurn
      return judge.skip
    },
    'model-call-start': (state, event, judge) => judgeTurn(state, event, judge),
    'prompt-received': (state, event, judge) => {
      if (!state.own) return judgeTurn(state, event, judge)
      if (event.turn < state.turns) return judgeOffer(state, event, judge)
      if (event.turn > state.turns) return judge.skip
      if (event.tools.length === 0) return judge.held
      const because = `turn ${event.turn}, the last one allowed, still offered tools: nobody would have seen their results`
      return judge.broken(because, { clause: 'c' })
    },
    'attempt-start': (state, event, judge) => judgeCall(state, event, judge),
    'run-end': (state, event, judge) => {
      if (!state.own || event.reason !== 'max-turns') return judge.skip
      if (state.turn >= state.turns) return judge.held
      const because = `the run was ended by its limit of ${state.turns} turns after turn ${state.turn}`
      return judge.broken(because, { clause: 'a' })
    },
  },
  met: (state) => state.reached,
}

function limitsOf(facts: Facts): { turns: number; callsPerTurn: number } {
  const endless = Number.POSITIVE_INFINITY
  return { turns: facts.limits?.turns ?? endless, callsPerTurn: facts.limits?.callsPerTurn ?? endless }
}

function judgeTurn(state: State, event: EventOf<'model-call-start' | 'prompt-received'>, judge: Judge): Judgement {
  state.turn = Math.max(state.turn, event.turn)
  if (event.turn > state.turns) {
    const because = `the model was called for turn ${event.turn}, but the run may take ${state.turns}`
    return judge.broken(because, { clause: 'a' })
  }
  if (event.turn < state.turns) return judge.skip
  state.reached = true
  return judge.held
}

/** A turn without tools is a last turn: the run then takes fewer than it may. */
function judgeOffer(state: State, event: EventOf<'prompt-received'>, judge: Judge): Judgement {
  if (!state.hasTools || event.tools.length > 0) return judge.skip
  const because = `turn ${event.turn} of ${state.turns} offered no tools, as only the last one may`
  return judge.broken(because, { clause: 'a' })
}

function judgeCall(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  if (isNested(event.call)) return judge.skip
  const turn = turnOf(event.call)
  if (turn >= state.turns) {
    const because = `${event.tool} (${event.call}) ran in the last allowed turn, where no later prompt shows its result`
    return judge.broken(because, { clause: 'c', tool: event.tool })
  }
  if (turn !== state.startedIn) {
    state.startedIn = turn
    state.started.clear()
  }
  state.started.add(event.call)
  if (state.started.size < state.callsPerTurn) return judge.skip
  state.reached = true
  if (state.started.size === state.callsPerTurn) return judge.held
  const because = `${state.started.size} calls of turn ${turn} were run, more than the ${state.callsPerTurn} allowed in one answer`
  return judge.broken(because, { clause: 'b', tool: event.tool })
}
