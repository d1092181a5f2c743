/** `history-exactly-once`: what was said and done stands once in the log, and is shown once. Broken by an agent that stores it again when it resumes. */

import type { EventOf } from '../../core/event.js'
import type { Message } from '../../core/message.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'

interface State {
  /** What the log holds, by what it is and of what. */
  readonly stored: Map<string, number>
  /** How often the model proposed a call of this id. */
  readonly proposed: Map<string, number>
  /** How often the last prompt shows one. */
  shown: Map<string, number>
  prompt: readonly Message[]
  /** The run was resumed, or its model was asked again: what was there before may be there twice from now on. */
  isLater: boolean
  arose: boolean
}

export const historyExactlyOnce: Check<State> = {
  name: 'history-exactly-once',
  says: 'Each answer, call, result and decision stands once in the stored history, and at most once in a prompt.',
  kind: 'safety',
  clauses: {
    a: 'the log holds the answer of a turn, the end of a call, and what people said, once',
    b: 'a prompt shows a call as often as the model proposed it, at most',
  },
  usual: 'derive what must still be stored from the store itself, never from a counter that a resume starts anew',
  mutant: 'persist-counter-reset',
  concerns: () => true,
  start: () => ({
    stored: new Map(),
    proposed: new Map(),
    shown: new Map(),
    prompt: [],
    isLater: false,
    arose: false,
  }),
  on: {
    'run-start': (state, event, judge) => store(state, 'the beginning of the run', event, judge),
    'run-resume': later,
    restart: later,
    'model-call-end': (state, event, judge) =>
      event.outcome === 'ok'
        ? store(state, `the answer of turn ${event.turn}`, event, judge)
        : later(state, event, judge),
    'batch-open': (state, event, judge) => store(state, `the batch of turn ${event.turn}`, event, judge),
    'batch-commit': (state, event, judge) => store(state, `the results of turn ${event.turn}`, event, judge),
    'call-settled': (state, event, judge) => store(state, `the result of ${event.call}`, event, judge),
    'approval-decided': (state, event, judge) =>
      store(state, `what ${event.by} decided about ${event.approval} (${event.id})`, event, judge),
    'answer-given': (state, event, judge) => store(state, `the answer to ${event.call}`, event, judge),
    'message-given': (state, event, judge) => store(state, `message ${event.number} of the user`, event, judge),
    'model-answered': (state, event, judge) => {
      if (!event.complete) state.isLater = true
      for (const { id } of event.calls) state.proposed.set(id, (state.proposed.get(id) ?? 0) + 1)
      return judge.skip
    },
    'prompt-received': judgePrompt,
  },
  met: (state) => state.arose,
}

function later(state: State, _event: object, judge: Judge): Judgement {
  state.isLater = true
  return judge.skip
}

function store(state: State, what: string, { seq }: { readonly seq: number }, judge: Judge): Judgement {
  const before = state.stored.get(what)
  if (before !== undefined) return judge.broken(`the log holds ${what} twice`, { clause: 'a', witness: [before, seq] })
  state.stored.set(what, seq)
  if (!state.isLater) return judge.skip
  state.arose = true
  return judge.held
}

/** Of two prompts only what the later one has gained is read, as long as nothing was let go. */
function judgePrompt(state: State, { messages, seq, turn }: EventOf<'prompt-received'>, judge: Judge): Judgement {
  const kept = sharedPrefix(state.prompt, messages)
  const isGrown = kept === state.prompt.length
  if (!isGrown) state.shown = new Map()
  state.prompt = messages
  let calls = 0
  for (let at = isGrown ? kept : 0; at < messages.length; at++) {
    const message = messages[at]!
    if (message.role !== 'assistant') continue
    for (const { id, tool } of message.calls) {
      calls++
      const times = (state.shown.get(id) ?? 0) + 1
      state.shown.set(id, times)
      const most = state.proposed.get(id) ?? times
      if (times <= most) continue
      const because = `the prompt of turn ${turn} shows a call of ${tool} ${times} times, which the model proposed ${most === 1 ? 'once' : `${most} times`}`
      return judge.broken(because, { clause: 'b', witness: [seq], tool })
    }
  }
  if (!state.isLater || calls === 0) return judge.skip
  state.arose = true
  return judge.held
}
