/** `result-fidelity`: what the model is shown is what the tool gave, and as what it was. Broken by an agent that takes 0 or null for nothing. */

import type { EventOf } from '../../core/event.js'
import { fenced } from '../../core/fence.js'
import type { Facts } from '../../core/history.js'
import { type Json, sameCanonical } from '../../core/json.js'
import type { Message, ToolResult } from '../../core/message.js'
import type { ErrorClass } from '../../core/outcome.js'
import { forModel } from '../../core/sanitize.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { noProposals, noteAnswer, type ProposedCalls, turnsShown } from '../proposed-calls.js'
import { toolFacts } from '../tool-facts.js'

interface State {
  readonly facts: Facts
  readonly proposals: ProposedCalls
  /** What tools returned, by call and attempt. */
  readonly returned: Map<string, EventOf<'tool-returned'>>
  readonly settled: Map<string, EventOf<'call-settled'>>
  /** What was committed, by provider id. */
  readonly committed: Map<string, string>
  messages: readonly Message[]
  /** When a later life of the run took over; in the same process, if its store had refused it. */
  resumedAt: number
  met: boolean
}

export const resultFidelity: Check<State> = {
  name: 'result-fidelity',
  says: 'What the model is shown as the result of a call is what the tool gave: 0, false, "" and null are values, and an error is an error.',
  kind: 'safety',
  clauses: {
    a: 'the result shown says the value that the tool returned, the falsy ones included',
    b: 'a result is shown as a success when the tool returned, and as an error when it did not: no text decides',
    c: 'a result is shortened by what the agent declares only, and says so',
  },
  usual:
    'test for undefined, never for truth; let a throw or the flag of the tool decide what is an error; write values as JSON',
  mutant: 'falsy-result-is-missing',
  concerns: () => true,
  start: (facts) => ({
    facts,
    proposals: noProposals(),
    returned: new Map(),
    settled: new Map(),
    committed: new Map(),
    messages: [],
    resumedAt: 0,
    met: false,
  }),
  on: {
    'model-answered': (state, event, judge) => {
      if (!state.facts.own) noteAnswer(state.proposals, event)
      return judge.skip
    },
    'tool-returned': (state, event, judge) => {
      if (event.outcome === 'ok') state.returned.set(`${event.call}/${event.attempt}`, event)
      return judge.skip
    },
    'run-resume': (state, event, judge) => {
      state.resumedAt = event.seq
      return judge.skip
    },
    'attempt-end': judgeAttempt,
    'call-settled': judgeSettled,
    'batch-commit': judgeCommit,
    'prompt-received': (state, event, judge) => {
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      return state.facts.own ? judgeOwnPrompt(state, event, from, judge) : judgePrompt(state, event, from, judge)
    },
  },
  met: (state) => state.met,
}

/** Endings that do not tell whether the tool returned meanwhile. */
const unheard = new Set<ErrorClass>(['timeout', 'cancelled', 'connection-lost'])

function judgeAttempt(state: State, event: EventOf<'attempt-end'>, judge: Judge): Judgement {
  if (state.facts.nested) return judge.skip
  const { call, tool, attempt, seq } = event
  const returned = state.returned.get(`${call}/${attempt}`)
  if (event.outcome === 'ok') {
    state.met ||= returned !== undefined
    if (returned) return judge.held
    const because = `attempt ${attempt} of ${tool} (${call}) ended ok, although the tool returned nothing`
    return judge.broken(because, { clause: 'b', witness: [seq], tool })
  }
  // A life that took over knows nothing of what came back to the one before.
  if (returned?.incarnation !== event.incarnation || returned.seq < state.resumedAt) return judge.skip
  if (unheard.has(event.error?.class ?? 'timeout')) return judge.skip
  if (returned.value === undefined || !toolFacts(state.facts, tool)?.gives?.(returned.value)) return judge.skip
  const because = `attempt ${attempt} of ${tool} (${call}) ended ${event.outcome}, although the tool returned ${brief(returned.value)}, which is what it declares`
  return judge.broken(because, { clause: 'b', witness: [returned.seq, seq], tool })
}

function judgeSettled(state: State, event: EventOf<'call-settled'>, judge: Judge): Judgement {
  const { call, tool, value, seq } = event
  state.settled.set(call, event)
  if (event.outcome !== 'ok' || event.note !== undefined) return judge.skip
  const returned = state.returned.get(`${call}/${event.attempts}`)
  if (returned?.value === undefined || sameCanonical(returned.value, value ?? null)) return judge.skip
  const because = `${tool} (${call}) was settled with ${brief(value)}, but the tool had returned ${brief(returned.value)}`
  return judge.broken(because, { clause: 'a', witness: [returned.seq, seq], tool })
}

function judgeCommit(state: State, event: EventOf<'batch-commit'>, judge: Judge): Judgement {
  let answer = judge.skip
  for (const { call, id, tool, outcome, content } of event.results) {
    state.committed.set(id, content)
    const settled = state.settled.get(call)
    if (!settled) continue
    const witness = [settled.seq, event.seq]
    if (settled.outcome !== outcome) {
      const because = `${tool} (${call}) was settled ${settled.outcome}, and the model is told that it ended ${outcome}`
      return judge.broken(because, { clause: 'b', witness, tool })
    }
    if (outcome !== 'ok') continue
    if (!says(content, settled.value ?? null, settled.note, state.facts.guards !== undefined)) {
      const because = `${tool} (${call}) gave ${brief(settled.value)}, and the model is shown ${brief(content)}`
      return judge.broken(because, { clause: 'a', witness, tool })
    }
    state.met = true
    answer = judge.held
  }
  return answer
}

const cutMark = '\n[cut after '

/** Whether a text is the value as JSON, in the dress that the agent's declarations give it. */
function says(content: string, value: Json, note: string | undefined, isGuarded: boolean): boolean {
  const label = note === undefined ? '' : `[${note}] `
  const whole = forModel(label + JSON.stringify(value))
  if (content === whole) return true
  const text = fenced(content) ?? content
  // What a guard puts in the place of what must not be shown is its own business; nothing at all is no such thing.
  if (text === whole || (isGuarded && text !== '')) return true
  const cut = text.lastIndexOf(cutMark)
  return cut >= 0 && whole.startsWith(text.slice(0, cut))
}

/** `[this result was shown once]`: what a window leaves out is told in brackets that hold no JSON. */
function isStandIn(content: string): boolean {
  if (!content.startsWith('[') || !content.endsWith(']')) return false
  try {
    JSON.parse(content)
    return false
  } catch {
    return true
  }
}

function judgeOwnPrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  for (let at = from; at < event.messages.length; at++) {
    const message = event.messages[at]!
    if (message.role !== 'tool') continue
    for (const { id, tool, content } of message.results) {
      const committed = state.committed.get(id)
      if (committed === undefined || committed === content || isStandIn(content)) continue
      const because = `the prompt of turn ${event.turn} shows ${brief(content)} as the result of ${tool}, whose result was committed as ${brief(committed)}`
      return judge.broken(because, { clause: 'c', tool })
    }
  }
  return judge.skip
}

/** Elsewhere only what no manner of writing explains is held against an agent. */
function judgePrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  let answer = judge.skip
  if (state.returned.size === 0) return answer
  for (let at = Math.max(1, from); at < event.messages.length; at++) {
    const [before, now] = [event.messages[at - 1]!, event.messages[at]!]
    if (now.role !== 'tool' || before.role !== 'assistant' || now.results.length !== before.calls.length) continue
    const turns = turnsShown(state.proposals, before.calls)
    if (turns.length !== 1) continue
    for (const [index, call] of before.calls.entries()) {
      const result = now.results.find(({ id }) => id === call.id)
      const returned = result && state.returned.get(`t${turns[0]}.c${index}/1`)
      if (!returned || returned.value === undefined) continue
      const wrong = misread(returned.value, result)
      state.met = true
      if (!wrong) {
        answer = judge.held
        continue
      }
      const because = `${call.tool} returned ${brief(returned.value)}, and the model is ${wrong.told}`
      return judge.broken(because, { clause: wrong.clause, witness: [returned.seq, event.seq], tool: call.tool })
    }
  }
  return answer
}

function misread(value: Json, { content, outcome }: ToolResult) {
  if ((fenced(content) ?? content) === '' && value !== '') return { clause: 'a', told: 'shown an empty text' }
  return outcome === 'failed' && isPlainSuccess(value) ? { clause: 'b', told: 'told that it failed' } : undefined
}

/** Of other values an agent may have views of its own. */
function isPlainSuccess(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return !value
  const fields = Object.entries(value)
  return fields.length === 0 || (fields.length === 1 && fields[0]![0] === 'error' && !fields[0]![1])
}

const longest = 60

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
