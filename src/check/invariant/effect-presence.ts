/** `effect-presence`: a write that is reported as done was made. Broken by an agent that notes the success before it sends the request. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Message } from '../../core/message.js'
import type { Check } from '../invariant.js'
import { tells } from '../issued-values.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { noProposals, noteAnswer, type ProposedCalls, proposedAt, turnsShown } from '../proposed-calls.js'
import { toolFacts } from '../tool-facts.js'

interface State {
  readonly facts: Facts
  /** Calls that were carried out, as far as the world can see. */
  readonly made: Set<string>
  readonly proposals: ProposedCalls
  /** Elsewhere: tools that are seen at work, those of them that changed something, and the results of theirs that were shown. */
  readonly seen: Set<string>
  readonly writers: Set<string>
  readonly shown: Set<string>
  messages: readonly Message[]
  met: boolean
}

export const effectPresence: Check<State> = {
  name: 'effect-presence',
  says: 'A write that is reported as done was carried out: neither noted beforehand, nor answered from an earlier one.',
  kind: 'safety',
  clauses: {
    a: 'a write is settled ok only after its tool has returned',
    b: 'a call that changes something is not answered with what an earlier call got',
  },
  usual: 'record a success when the answer is there; cache reads, never writes',
  mutant: 'settle-before-dispatch',
  concerns: (facts) => facts.nested !== true,
  start: (facts) => ({
    facts,
    made: new Set(),
    proposals: noProposals(),
    seen: new Set(),
    writers: new Set(),
    shown: new Set(),
    messages: [],
    met: false,
  }),
  on: {
    'model-answered': (state, event, judge) => {
      if (!state.facts.own) noteAnswer(state.proposals, event)
      return judge.skip
    },
    'tool-returned': (state, event, judge) => {
      if (event.outcome === 'ok' || !state.facts.own) state.made.add(event.call)
      if (!state.facts.own) state.seen.add(event.tool)
      return judge.skip
    },
    'request-arrived': (state, event, judge) => {
      if (!state.facts.own && event.call !== undefined) state.made.add(event.call)
      return judge.skip
    },
    'effect-applied': (state, event, judge) => {
      const tool = state.facts.own ? undefined : proposedAt(state.proposals, event.call)?.tool
      if (tool !== undefined) state.writers.add(tool)
      return judge.skip
    },
    'call-settled': judgeSettled,
    'prompt-received': (state, event, judge) => {
      if (state.facts.own) return judge.skip
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      return state.seen.size === 0 ? judge.skip : judgePrompt(state, event, from, judge)
    },
  },
  met: (state) => state.met,
}

function judgeSettled(state: State, event: EventOf<'call-settled'>, judge: Judge): Judgement {
  if (event.outcome !== 'ok' || event.note !== undefined) return judge.skip
  const effect = toolFacts(state.facts, event.tool)?.effect
  if (effect === undefined || effect === 'read') return judge.skip
  state.met = true
  if (state.made.has(event.call)) return judge.held
  const because = `${event.tool} (${event.call}) was settled ok before its tool had returned anything`
  return judge.broken(because, { clause: 'a', tool: event.tool })
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  let answer = judge.skip
  for (let at = Math.max(1, from); at < event.messages.length; at++) {
    const [before, now] = [event.messages[at - 1]!, event.messages[at]!]
    if (now.role !== 'tool' || before.role !== 'assistant' || now.results.length !== before.calls.length) continue
    const [turn, ...others] = turnsShown(state.proposals, before.calls)
    if (turn === undefined || others.length > 0) continue
    for (const [index, { id, tool }] of before.calls.entries()) {
      const result = now.results.find((one) => one.id === id)
      if (result?.outcome !== 'ok' || !state.seen.has(tool) || !state.writers.has(tool)) continue
      const line = `${tool} ${result.content}`
      if (state.made.has(`t${turn}.c${index}`)) {
        state.shown.add(line)
        state.met = true
        answer = judge.held
      } else if (tells(result.content) && state.shown.has(line)) {
        const because = `${tool} (t${turn}.c${index}) was not carried out, and the model is shown the result of an earlier call`
        return judge.broken(because, { clause: 'b', tool })
      }
    }
  }
  return answer
}
