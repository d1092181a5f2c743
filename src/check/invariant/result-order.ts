/** `result-order`: results of a batch stand in call order, whatever finished first. Broken by an agent that appends results as they complete. */

import type { Message, ProposedCall, ToolResult } from '../../core/message.js'
import { judgeCompared } from '../compared.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { indexOf, turnOf } from '../proposed-calls.js'

interface State {
  messages: readonly Message[]
  /** The turn whose completions are being watched, and its highest finished call so far. */
  turn: number
  highest: number
  /** Finished calls of that turn came in another order than the calls. */
  disordered: boolean
  wide: boolean
  /** Two calls of one batch came to an end: only they can do so in another order. */
  raced: boolean
  /** Batches that only a model makes that means something else are none that the author's agent has to order. */
  strayed: boolean
}

const relations = { 'permute-completions': 'b' }

export const resultOrder: Check<State> = {
  name: 'result-order',
  says: 'The results of a batch stand in the order of its calls, whatever finished first.',
  kind: 'safety',
  clauses: {
    a: 'within a batch, results appear in call order',
    b: 'whatever of a batch finishes first, its results, its effects and what comes of the run are the same',
  },
  usual: 'collect the results of a batch and append them in call order once all are there',
  mutant: 'completion-order-results',
  relations,
  concerns: () => true,
  start: () => ({ messages: [], turn: 0, highest: -1, disordered: false, wide: false, raced: false, strayed: false }),
  on: {
    'trials-compared': (_state, event, judge) => judgeCompared(event, relations, judge),
    'model-strayed': (state, _event, judge) => {
      state.strayed ||= !(state.wide && state.raced)
      return judge.skip
    },
    'call-settled': (state, event, judge) => finished(state, event.call, judge),
    'tool-returned': (state, event, judge) => finished(state, event.call, judge),
    'batch-commit': (state, event, judge) => {
      if (event.results.length < 2) return judge.skip
      state.wide = true
      for (let i = 1; i < event.results.length; i++) {
        const [before, after] = [event.results[i - 1]!, event.results[i]!]
        if (indexOf(before.call) <= indexOf(after.call)) continue
        const because = `the results of turn ${event.turn} were committed out of call order: ${before.call} (${before.tool}) before ${after.call} (${after.tool})`
        return judge.broken(because, { witness: [event.seq], tool: after.tool })
      }
      return state.disordered && state.turn === event.turn ? judge.held : judge.skip
    },
    'prompt-received': (state, event, judge) => {
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      return judgePrompt(state, event.messages, from, event.turn, judge)
    },
  },
  met: (state) => state.wide && state.raced && !state.strayed,
}

function finished(state: State, call: string, judge: Judge): Judgement {
  const turn = turnOf(call)
  const index = indexOf(call)
  if (turn > state.turn) {
    state.turn = turn
    state.highest = index
    state.disordered = false
  } else if (turn === state.turn) {
    if (index !== state.highest) state.raced = true
    if (index < state.highest) state.disordered = true
    else state.highest = index
  }
  return judge.skip
}

function judgePrompt(state: State, messages: readonly Message[], from: number, turn: number, judge: Judge): Judgement {
  let fresh = false
  for (let at = Math.max(1, from); at < messages.length; at++) {
    const [before, now] = [messages[at - 1]!, messages[at]!]
    if (now.role !== 'tool' || before.role !== 'assistant' || before.calls.length < 2) continue
    state.wide = fresh = true
    const wrong = misplaced(before.calls, now.results)
    if (!wrong) continue
    const because = `the prompt of turn ${turn} shows the results of one batch in another order than its calls: ${wrong.tool} (${wrong.id}) stands in a foreign place`
    return judge.broken(because, { tool: wrong.tool })
  }
  return fresh && state.disordered ? judge.held : judge.skip
}

/** The first result in another call's place. Lost, foreign and repeated ids are for `tool-pairing`. */
function misplaced(calls: readonly ProposedCall[], results: readonly ToolResult[]): ToolResult | undefined {
  if (calls.length !== results.length) return undefined
  const wrong = results.findIndex((result, index) => result.id !== calls[index]!.id)
  if (wrong < 0) return undefined
  const ids = new Set(calls.map((call) => call.id))
  const known = ids.size === calls.length && results.every((result) => ids.delete(result.id))
  return known ? results[wrong] : undefined
}
