/** `outcome-truth`: a run that says it is done is done. Broken by an agent that ends as completed after a cut answer or an unknown write. */

import type { EventOf, RunStatus } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { StopReason } from '../../core/model.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Unresolved {
  readonly call: string
  readonly tool: string
  readonly seq: number
}

interface State {
  readonly facts: Facts
  /** `tool digest` by call, for the calls of batches. */
  readonly meanings: Map<string, string>
  readonly unresolved: Map<string, Unresolved>
  /** Calls whose effect became known otherwise than by an answer in time. */
  readonly known: Set<string>
  lastAnswer: EventOf<'model-call-end'> | undefined
  open: { readonly turn: number; readonly seq: number } | undefined
  /** Turns the world answered: whether any answer of the turn was complete. */
  readonly answered: Map<number, boolean>
  readonly whole: Set<string>
  cut: EventOf<'model-answered'>[]
  end: EventOf<'run-end'> | undefined
  acknowledged: boolean
  trouble: boolean
}

const unnatural = new Set<StopReason>(['length', 'content-filter', 'refusal', 'pause', 'context-exceeded', 'other'])

export const outcomeTruth: Check<State> = {
  name: 'outcome-truth',
  says: 'A run reports completed only when it is: a natural end, and no effect left in doubt.',
  kind: 'safety',
  clauses: {
    a: 'completed means a natural end, a complete answer and no effect in doubt',
    b: 'what the caller is told equals what the run ended as',
  },
  usual: 'let the stop reason and the outcomes of the calls decide the status, never the presence of a text',
  mutant: 'failure-finalised-as-completed',
  concerns: () => true,
  start: (facts) => ({
    facts,
    meanings: new Map(),
    unresolved: new Map(),
    known: new Set(),
    lastAnswer: undefined,
    open: undefined,
    answered: new Map(),
    whole: new Set(),
    cut: [],
    end: undefined,
    acknowledged: false,
    trouble: false,
  }),
  on: {
    'fault-landed': (state, _event, judge) => {
      state.trouble = true
      return judge.skip
    },
    'model-answered': (state, event, judge) => {
      state.answered.set(event.turn, event.complete || (state.answered.get(event.turn) ?? false))
      if (event.complete) state.whole.add(event.text)
      else state.cut.push(event)
      return judge.skip
    },
    'model-call-end': (state, event, judge) => {
      if (event.outcome !== 'ok') state.trouble = true
      state.lastAnswer = event
      return judge.skip
    },
    'batch-open': (state, event, judge) => {
      state.open = { turn: event.turn, seq: event.seq }
      for (const intent of event.calls) {
        if (intent.effect !== 'read') state.meanings.set(intent.call, `${intent.tool} ${intent.argsDigest ?? ''}`)
      }
      return judge.skip
    },
    'batch-commit': (state, _event, judge) => {
      state.open = undefined
      return judge.skip
    },
    'call-settled': (state, event, judge) => {
      const meaning = state.meanings.get(event.call)
      if (event.outcome !== 'ok') state.trouble = true
      if (meaning === undefined) return judge.skip
      if (event.outcome === 'unknown' && state.known.has(event.call)) return judge.skip
      if (event.outcome === 'unknown')
        state.unresolved.set(event.call, { call: event.call, tool: event.tool, seq: event.seq })
      else resolve(state, (call) => state.meanings.get(call) === meaning)
      return judge.skip
    },
    'late-result': (state, event, judge) => {
      if (event.outcome === 'ok') state.known.add(event.call)
      if (event.outcome !== 'unknown') resolve(state, (call) => call === event.call)
      return judge.skip
    },
    'call-reconciled': (state, event, judge) => {
      if (event.answer !== 'unknown') state.known.add(event.call)
      return judge.skip
    },
    'compensation-end': (state, event, judge) => {
      if (event.outcome === 'ok') resolve(state, (call) => call === event.call)
      return judge.skip
    },
    'run-start': (state, _event, judge) => {
      state.end = state.open = state.lastAnswer = undefined
      return judge.skip
    },
    'run-end': (state, event, judge) => {
      state.end = event
      state.acknowledged = false
      return state.facts.own ? judgeEnd(state, event, judge) : judge.skip
    },
    'append-acknowledged': (state, _event, judge) => {
      state.acknowledged = state.end !== undefined
      return judge.skip
    },
    'run-settled': (state, event, judge) =>
      state.facts.own ? judgeSettled(state, event, judge) : judgeForeign(state, event, judge),
  },
  met: (state) => state.facts.own || state.cut.length > 0,
}

function resolve(state: State, done: (call: string) => boolean): void {
  for (const call of state.unresolved.keys()) if (done(call)) state.unresolved.delete(call)
}

function judgeEnd(state: State, event: EventOf<'run-end'>, judge: Judge): Judgement {
  if (event.status !== 'completed') return judge.held
  const why = unfinished(state, event)
  if (why)
    return judge.broken(`the run ended as completed although ${why.because}`, {
      clause: 'a',
      witness: [...why.witness, event.seq],
      tool: why.tool,
    })
  return state.trouble ? judge.held : judge.skip
}

function unfinished(
  state: State,
  event: EventOf<'run-end'>,
): { because: string; witness: readonly number[]; tool?: string } | undefined {
  const [doubt] = state.unresolved.values()
  if (doubt) {
    const because = `nobody knows whether ${doubt.tool} (${doubt.call}) took effect`
    return { because, witness: [doubt.seq], tool: doubt.tool }
  }
  if (state.open)
    return { because: `the batch of turn ${state.open.turn} was never committed`, witness: [state.open.seq] }
  if (event.residue.length > 0) return { because: `effects were left behind: ${event.residue.join(', ')}`, witness: [] }
  const last = state.lastAnswer
  if (!last) return undefined
  const witness = [last.seq]
  if (last.outcome !== 'ok') return { because: `the last call of the model ended ${last.outcome}`, witness }
  if (last.stop !== undefined && unnatural.has(last.stop))
    return { because: `the last answer of the model stopped by ${last.stop}`, witness }
  if (last.calls.length > 0) {
    return {
      because: `the last answer of the model asked for ${last.calls[0]!.tool}, and got no chance to go on`,
      witness,
    }
  }
  if (state.answered.get(last.turn) === false) return { because: `the last answer of the model was cut off`, witness }
  return undefined
}

function judgeSettled(state: State, event: EventOf<'run-settled'>, judge: Judge): Judgement {
  if (event.status === 'waiting') return judge.skip
  const end: RunStatus | undefined = state.end?.status
  if (end === event.status) return state.trouble ? judge.held : judge.skip
  const witness = state.end ? [state.end.seq, event.seq] : [event.seq]
  if (event.status === 'completed') {
    const because = `the caller was told completed, but the log of the run ${end ? `ends as ${end}` : 'has no end'}`
    return judge.broken(because, { clause: 'b', witness })
  }
  if (end === undefined || !state.acknowledged) return judge.skip
  return judge.broken(`the caller was told ${event.status}, but the run had ended as ${end}`, { clause: 'b', witness })
}

/** Elsewhere a status proves little; a final answer that is, word for word, one that was cut off proves it all. */
function judgeForeign(state: State, event: EventOf<'run-settled'>, judge: Judge): Judgement {
  if (event.status !== 'completed') return state.trouble ? judge.held : judge.skip
  const taken = state.cut.find(
    (answer) => answer.text !== '' && answer.text === event.result && !state.whole.has(answer.text),
  )
  if (!taken) return state.cut.length > 0 ? judge.held : judge.skip
  const because = 'the run gave as its final answer a text of the model that was cut off before its end'
  return judge.broken(because, { clause: 'a', witness: [taken.seq, event.seq] })
}
