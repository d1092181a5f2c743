/** `late-result-disposition`: what arrives after its call was settled is noted once and never shown. Broken by an agent that appends it to the current turn. */

import type { EventOf } from '../../core/event.js'
import type { Message } from '../../core/message.js'
import type { Check } from '../invariant.js'
import { rendered, tells } from '../issued-values.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { noProposals, noteAnswer, type ProposedCalls, turnOf, turnsShown } from '../proposed-calls.js'

interface Late {
  readonly call: string
  readonly tool: string
  readonly seq: number
  readonly text: string
}

interface State {
  readonly own: boolean
  readonly proposals: ProposedCalls
  /** Calls the agent has done with: settled or, elsewhere, of a turn whose results the model was shown. */
  readonly settled: Set<string>
  turn: number
  /** Texts of values that came in time. */
  readonly timely: Set<string>
  readonly late: Late[]
  /** `call/attempt` of each `late-result`. */
  readonly noted: Map<string, number>
  messages: readonly Message[]
}

export const lateResultDisposition: Check<State> = {
  name: 'late-result-disposition',
  says: 'A result that arrives after its call was settled is noted once and never enters the conversation.',
  kind: 'safety',
  clauses: {
    a: 'a late result is noted exactly once',
    b: 'its value occurs in no later prompt as the result of something else',
  },
  usual: 'bind each result to its call and drop, or file, what comes after the call was answered',
  mutant: 'late-result-into-context',
  concerns: () => true,
  start: (facts) => ({
    own: facts.own,
    proposals: noProposals(),
    settled: new Set(),
    turn: 0,
    timely: new Set(),
    late: [],
    noted: new Map(),
    messages: [],
  }),
  on: {
    'model-answered': (state, event, judge) => {
      if (!state.own) noteAnswer(state.proposals, event)
      return judge.skip
    },
    'call-settled': (state, event, judge) => {
      state.settled.add(event.call)
      return judge.skip
    },
    'tool-returned': (state, event, judge) => noteReturned(state, event, judge),
    'late-result': (state, event, judge) => {
      const attempt = `${event.call}/${event.attempt}`
      const first = state.noted.get(attempt)
      state.noted.set(attempt, event.seq)
      if (first === undefined) return judge.held
      const because = `the late result of ${event.tool} (${event.call}, attempt ${event.attempt}) was noted twice`
      return judge.broken(because, { clause: 'a', witness: [first, event.seq], tool: event.tool })
    },
    'prompt-received': (state, event, judge) => {
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      state.turn = Math.max(state.turn, event.turn)
      return state.late.length === 0 ? judge.skip : judgePrompt(state, event, from, judge)
    },
  },
  met: (state) => state.noted.size > 0 || state.late.length > 0,
}

function noteReturned(state: State, event: EventOf<'tool-returned'>, judge: Judge): Judgement {
  if (event.outcome !== 'ok' || event.value === undefined) return judge.skip
  const late = state.own ? state.settled.has(event.call) : turnOf(event.call) < state.turn
  const text = rendered(event.value)
  if (!late) {
    state.timely.add(text)
    return judge.skip
  }
  if (tells(text)) state.late.push({ call: event.call, tool: event.tool, seq: event.seq, text })
  return state.own ? judge.skip : judge.held
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  for (let at = from; at < event.messages.length; at++) {
    const message = event.messages[at]!
    for (const late of state.late) {
      if (!shows(state, event.messages, at, late)) continue
      const shown = message.role === 'tool' ? 'as the result of another call' : `in a ${message.role} message`
      const because = `the prompt of turn ${event.turn} shows, ${shown}, what ${late.tool} (${late.call}) returned after that call had been settled`
      return judge.broken(because, { clause: 'b', witness: [late.seq, event.seq], tool: late.tool })
    }
  }
  return judge.skip
}

/** Whether a message shows a value that came late, and that no call in time returned as well. */
function shows(state: State, messages: readonly Message[], at: number, late: Late): boolean {
  const message = messages[at]!
  if (message.role === 'tool') {
    const found = message.results.findIndex((result) => result.content.includes(late.text))
    if (found < 0 || known(state, message.results[found]!.content, late)) return false
    const before = messages[at - 1]
    if (state.own || before?.role !== 'assistant') return true
    // An agent written elsewhere may wait for its calls across prompts of other conversations.
    return !turnsShown(state.proposals, before.calls).includes(turnOf(late.call))
  }
  return state.own && message.text.includes(late.text) && !known(state, message.text, late)
}

function known(state: State, text: string, late: Late): boolean {
  if (state.timely.has(late.text)) return true
  for (const timely of state.timely) if (timely.includes(late.text) && text.includes(timely)) return true
  return false
}
