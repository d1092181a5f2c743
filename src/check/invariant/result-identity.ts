/** `result-identity`: what is shown as the result of a call was issued to that call. Broken by an agent that keeps results by the provider's ids. */

import type { EventOf } from '../../core/event.js'
import type { Message, ProposedCall, ToolResult } from '../../core/message.js'
import type { Check } from '../invariant.js'
import { type IssuedValues, noteIssued, rendered, shownOf, shownOfOthers } from '../issued-values.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { noProposals, noteAnswer, type ProposedCalls, proposedAt, turnsShown } from '../proposed-calls.js'

interface State {
  readonly proposals: ProposedCalls
  readonly issued: IssuedValues
  messages: readonly Message[]
}

export const resultIdentity: Check<State> = {
  name: 'result-identity',
  says: 'What is shown as the result of a call is what the tool returned to exactly that call.',
  kind: 'safety',
  clauses: {
    a: 'a call that got a value shows that value, not the value of another call',
    b: 'a call that got no value does not show the value of a different one',
  },
  usual: 'keep results by turn and place in the batch; the id of a provider is text to send back, not an identity',
  mutant: 'results-keyed-by-foreign-id',
  concerns: () => true,
  start: () => ({ proposals: noProposals(), issued: new Map(), messages: [] }),
  on: {
    'model-answered': (state, event, judge) => {
      noteAnswer(state.proposals, event)
      return judge.skip
    },
    'tool-returned': (state, event, judge) => {
      noteIssued(state.issued, event)
      return judge.skip
    },
    'call-settled': (state, event, judge) => {
      if (event.outcome !== 'ok' || event.value === undefined || state.issued.size < 2) return judge.skip
      return judgeText(state, [event.call], rendered(event.value), event, judge)
    },
    'batch-commit': (state, event, judge) => {
      let answer = judge.skip
      if (state.issued.size < 2) return answer
      for (const result of event.results) {
        const judgement = judgeText(state, [result.call], result.content, event, judge)
        if (judgement === judge.held) answer = judge.held
        else if (judgement !== judge.skip) return judgement
      }
      return answer
    },
    'prompt-received': (state, event, judge) => {
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      return state.issued.size < 2 ? judge.skip : judgePrompt(state, event, from, judge)
    },
  },
  met: (state) => state.issued.size > 1,
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  let answer = judge.skip
  for (let at = Math.max(1, from); at < event.messages.length; at++) {
    const [before, now] = [event.messages[at - 1]!, event.messages[at]!]
    if (now.role !== 'tool' || before.role !== 'assistant' || now.results.length !== before.calls.length) continue
    const turns = turnsShown(state.proposals, before.calls)
    if (turns.length === 0) continue
    for (const [place, result] of inCallOrder(
      now.results,
      before.calls.map((call) => call.id),
    ).entries()) {
      const paths = turns.map((turn) => `t${turn}.c${place}`)
      const judgement = judgeText(state, paths, result.content, event, judge)
      if (judgement === judge.held) answer = judge.held
      else if (judgement !== judge.skip) return judgement
    }
  }
  return answer
}

/** A call that was given the value of another as an argument may be refused with it. */
const quotes = (args: string, value: string | undefined): boolean =>
  value !== undefined && args.includes(JSON.stringify(value).slice(1, -1))

/** Results by the place of their call, where ids tell; else as they stand. An odd order is for `result-order`. */
function inCallOrder(results: readonly ToolResult[], ids: readonly string[]): readonly ToolResult[] {
  if (results.every((result, index) => result.id === ids[index]) || new Set(ids).size < ids.length) return results
  const sorted = ids.map((id) => results.find((result) => result.id === id))
  return sorted.every((result) => result !== undefined) ? sorted : results
}

/** `paths` are the calls that the text may belong to: one, unless the model said the same thing in several turns. */
function judgeText(
  state: State,
  paths: readonly string[],
  text: string,
  event: { readonly seq: number },
  judge: Judge,
): Judgement {
  if (paths.some((path) => shownOf(state.issued, path, text))) return judge.held
  const [other, ...more] = shownOfOthers(state.issued, paths, text)
  if (!other) return judge.skip
  const own = paths.find((path) => state.issued.has(path))
  const call = own ?? paths[0]!
  const proposed = proposedAt(state.proposals, call)
  const source = proposedAt(state.proposals, other.call)
  // A call without a value of its own may be answered from a cache, if it asks for the same thing as one that got it.
  const isSame = ({ call: path }: typeof other): boolean => sameQuestion(proposed, proposedAt(state.proposals, path))
  const isSaid = proposed !== undefined && quotes(proposed.arguments, other.text)
  if (own === undefined && (!proposed || isSaid || [other, ...more].some(isSame))) return judge.skip
  const because = `the result of ${call}${proposed ? ` (${proposed.tool})` : ''} is the value that was returned to ${other.call}${source ? ` (${source.tool})` : ''}`
  return judge.broken(because, {
    clause: own === undefined ? 'b' : 'a',
    witness: [other.seq, event.seq],
    tool: proposed?.tool,
  })
}

const sameQuestion = (one: ProposedCall | undefined, other: ProposedCall | undefined): boolean =>
  one !== undefined && one.tool === other?.tool && one.arguments === other.arguments
