/** `resume-equivalence`: a resumed run goes on where its log ends. Broken by an agent that starts the run, or the batch, again. */

import { judgeCompared } from '../compared.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  run: number | undefined
  resumed: number | undefined
  crashed: boolean
  /** Terminal records by call. */
  readonly settled: Map<string, number>
  /** Turns whose answer is in the log. */
  readonly answered: Map<number, number>
  readonly opened: Map<number, number>
  readonly attempts: Map<string, { readonly attempt: number; readonly seq: number }>
}

const relations = { 'crash-anywhere': 'c', 'redelivered-run': 'c', 'suspend-or-inline': 'd' }

export const resumeEquivalence: Check<State> = {
  name: 'resume-equivalence',
  says: 'After a restart the run goes on where its log ends: nothing that is in the log is done, or asked, again.',
  kind: 'safety',
  clauses: {
    a: 'the history after a resume extends what was durable before it',
    b: 'no settled call runs again, no answered turn is asked again, and every count goes on',
    c: 'what comes of the run is the same, wherever its process dies once or is started once more beside itself',
    d: 'what comes of it is the same, whether its process waits for people or ends',
  },
  usual: 'rebuild the state from the log alone, and decide the next step from that state, first run or not',
  mutant: 'resume-ignores-settled',
  relations,
  concerns: (facts) => facts.own,
  start: () => ({
    run: undefined,
    resumed: undefined,
    crashed: false,
    settled: new Map(),
    answered: new Map(),
    opened: new Map(),
    attempts: new Map(),
  }),
  on: {
    'trials-compared': (_state, event, judge) => judgeCompared(event, relations, judge),
    crash: (state, _event, judge) => {
      state.crashed = true
      return judge.skip
    },
    'run-start': (state, event, judge) => {
      if (state.run !== undefined && state.crashed) {
        const because = 'the run was started from its beginning after a restart, although its log was there'
        return judge.broken(because, { clause: 'a', witness: [state.run, event.seq] })
      }
      state.run = event.seq
      state.resumed = undefined
      forget(state)
      return judge.skip
    },
    'run-end': (state, _event, judge) => {
      state.run = undefined
      return judge.skip
    },
    'run-resume': (state, event, judge) => {
      state.resumed = event.seq
      return state.settled.size + state.answered.size > 0 ? judge.held : judge.skip
    },
    'call-settled': (state, event, judge) => note(state.settled, event.call, event.seq, judge),
    'call-rejected': (state, event, judge) => note(state.settled, event.call, event.seq, judge),
    'model-call-end': (state, event, judge) => {
      return event.outcome === 'ok' ? note(state.answered, event.turn, event.seq, judge) : judge.skip
    },
    'model-call-start': (state, event, judge) => {
      const because = `after the restart the model was asked again for turn ${event.turn}, whose answer was in the log`
      return again(state, state.answered.get(event.turn), event, because, judge)
    },
    'batch-open': (state, event, judge) => {
      const because = `after the restart the batch of turn ${event.turn} was opened again`
      const judgement = again(state, state.opened.get(event.turn), event, because, judge)
      return judgement === judge.skip ? note(state.opened, event.turn, event.seq, judge) : judgement
    },
    'attempt-start': (state, event, judge) => {
      const before = state.attempts.get(event.call)
      const settled = state.settled.get(event.call)
      state.attempts.set(event.call, { attempt: event.attempt, seq: event.seq })
      if (settled !== undefined) {
        const because = `after the restart ${event.tool} (${event.call}) was started again, although it had been settled`
        return again(state, settled, event, because, judge)
      }
      if (!before || event.attempt > before.attempt) return judge.skip
      const because = `after the restart the attempts of ${event.tool} (${event.call}) were counted from ${event.attempt} again`
      return again(state, before.seq, event, because, judge)
    },
  },
  met: (state) => state.crashed || state.resumed !== undefined,
}

function forget(state: State): void {
  state.settled.clear()
  state.answered.clear()
  state.opened.clear()
  state.attempts.clear()
}

function note<K>(map: Map<K, number>, key: K, seq: number, judge: Judge): Judgement {
  if (!map.has(key)) map.set(key, seq)
  return judge.skip
}

/** Broken when something done before the last resume is done once more after it. */
function again(
  state: State,
  before: number | undefined,
  event: { readonly seq: number; readonly tool?: string },
  because: string,
  judge: Judge,
): Judgement {
  const { resumed } = state
  if (resumed === undefined || before === undefined || before > resumed) return judge.skip
  return judge.broken(because, { clause: 'b', witness: [before, resumed, event.seq], tool: event.tool })
}
