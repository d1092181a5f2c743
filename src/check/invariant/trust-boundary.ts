/** `trust-boundary`: what comes from outside informs and never instructs. Broken by an agent that shows it like its own words, or lets a guard's failure pass. */

import type { EventOf } from '../../core/event.js'
import { outsideFences } from '../../core/fence.js'
import type { Facts, ToolFacts } from '../../core/history.js'
import type { Message } from '../../core/message.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { toolFacts } from '../tool-facts.js'

interface State {
  readonly facts: Facts
  readonly isMarking: boolean
  /** What tools said, by seq, where it is long enough to be known again. */
  readonly said: Map<string, number>
  /** What the agent and its user say themselves. */
  own: string
  messages: readonly Message[]
  /** Passed and stopped by a guard: calls, answers and results, with the seq of the verdict. */
  readonly verified: Set<string>
  readonly stopped: Map<string, EventOf<'guard-verdict'>>
  answered: number
  untrusted: boolean
}

/** Shorter texts (`0`, `"ok"`) may stand anywhere. */
const shortestTelling = 12

export const trustBoundary: Check<State> = {
  name: 'trust-boundary',
  says: 'What tools, memory and errors say is data: fenced in, checked, and trusted no more than its source.',
  kind: 'safety',
  clauses: {
    a: 'text from outside stands in fences that data cannot forge, and never in a system message',
    b: 'where calls are verified, none that changes the world starts without a pass',
    c: 'memory that was made of untrusted text is shown as untrusted',
    d: 'what a guard stopped, or failed on, goes no further',
  },
  usual:
    'fence every text from outside with an id of its own, verify before acting, and read every failure of a guard as a no',
  mutant: 'no-trust-label',
  concerns: (facts) => facts.guards !== undefined,
  start: (facts) => ({
    facts,
    isMarking: facts.guards?.marking === true,
    said: new Map(),
    own: '',
    messages: [],
    verified: new Set(),
    stopped: new Map(),
    answered: 0,
    untrusted: false,
  }),
  on: {
    'run-start': (state, event, judge) => {
      state.own = `${event.instructions}\n${event.prompt}`
      return judge.skip
    },
    'procedure-loaded': (state, event, judge) => {
      state.own += event.text
      return judge.skip
    },
    'tool-returned': (state, event, judge) => {
      const text = event.outcome === 'ok' ? JSON.stringify(event.value ?? null) : (event.text ?? '')
      if (text.length >= shortestTelling && !state.own.includes(text)) state.said.set(text, event.seq)
      return judge.skip
    },
    'prompt-received': (state, event, judge) => (state.isMarking ? judgePrompt(state, event, judge) : judge.skip),
    'guard-verdict': (state, event, judge) => {
      if (event.verdict === 'block' || event.verdict === 'error') state.stopped.set(event.subject, event)
      else if (event.guard === 'verify') state.verified.add(event.subject)
      return judge.skip
    },
    'attempt-start': (state, event, judge) => judgeStart(state, event, judge),
    'batch-commit': (state, event, judge) => judgeCommit(state, event, judge),
    'model-call-end': (state, event, judge) => {
      state.answered = event.turn
      return judge.skip
    },
    'run-end': (state, event, judge) => {
      const stopped = state.stopped.get(`t${state.answered}`)
      if (!stopped) return judge.skip
      if (event.text === '' && event.status !== 'completed') return judge.held
      const because = `the ${stopped.guard} guard said ${stopped.verdict} of the last answer, and the caller got it`
      return judge.broken(because, { clause: 'd', witness: [stopped.seq, event.seq] })
    },
    'memory-read': (state, event, judge) => {
      state.untrusted = event.items.some(({ trust }) => trust === 'untrusted')
      return judge.skip
    },
    'context-built': (state, event, judge) => {
      const documents = event.segments.find(({ name }) => name === 'documents')
      if (!state.untrusted || !documents?.items) return judge.skip
      if (documents.trust === 'untrusted') return judge.held
      return judge.broken(`the notes of turn ${event.turn} are untrusted and count as trusted`, { clause: 'c' })
    },
  },
  met: (state) => state.said.size > 0 || state.stopped.size > 0,
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, judge: Judge): Judgement {
  const from = sharedPrefix(state.messages, event.messages)
  state.messages = event.messages
  for (const message of event.messages.slice(from)) {
    if (message.role === 'assistant') continue
    const texts = message.role === 'tool' ? message.results.map(({ content }) => content) : [message.text]
    const open = message.role === 'system' ? texts : texts.map(outsideFences)
    for (const [said, seq] of state.said) {
      if (!open.some((text) => text.includes(said))) continue
      const because = `the prompt of turn ${event.turn} shows what a tool said ${message.role === 'system' ? 'in a system message' : 'outside of any fence'}`
      return judge.broken(because, { clause: 'a', witness: [seq, event.seq] })
    }
  }
  return state.said.size > 0 ? judge.held : judge.skip
}

const changesWorld = (tool: ToolFacts | undefined): boolean => tool !== undefined && tool.effect !== 'read'

function judgeStart(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const { call, tool } = event
  const stopped = state.stopped.get(call)
  if (stopped) {
    const because = `the ${stopped.guard} guard said ${stopped.verdict} of ${tool} (${call}), and it ran`
    return judge.broken(because, { clause: 'd', witness: [stopped.seq, event.seq], tool })
  }
  if (!state.facts.guards?.verify || !changesWorld(toolFacts(state.facts, tool))) return judge.skip
  if (state.verified.has(call)) return judge.held
  return judge.broken(`${tool} (${call}) ran without a verification`, { clause: 'b', witness: [event.seq], tool })
}

/** A result that a guard stopped is not in the conversation. */
function judgeCommit(state: State, event: EventOf<'batch-commit'>, judge: Judge): Judgement {
  for (const { call, tool, content } of event.results) {
    const stopped = state.stopped.get(call)
    if (!stopped || (stopped.guard !== 'input' && stopped.guard !== 'anomaly')) continue
    if (![...state.said.keys()].some((said) => content.includes(said))) continue
    const because = `the ${stopped.guard} guard said ${stopped.verdict} of the result of ${tool} (${call}), and the model is shown it`
    return judge.broken(because, { clause: 'd', witness: [stopped.seq, event.seq], tool })
  }
  return judge.skip
}
