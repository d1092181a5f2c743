/** `args-integrity`: a tool is called with what the model said, or not at all. Broken by an agent that repairs arguments that were cut off. */

import type { EventOf, Intent } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import { sameCanonical } from '../../core/json.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import {
  allProposedAt,
  indexOf,
  isNested,
  noProposals,
  noteAnswer,
  type ProposedCalls,
  turnOf,
} from '../proposed-calls.js'
import { toolFacts } from '../tool-facts.js'

interface State {
  readonly facts: Facts
  readonly proposals: ProposedCalls
  readonly intents: Map<string, Intent & { readonly seq: number }>
  /** Elsewhere: argument texts by turn and place, of every answer. */
  readonly texts: Map<number, string[][]>
  /** Calls that were looked at. */
  readonly started: Set<string>
  /** A text came that is no JSON. */
  malformed: boolean
  met: boolean
}

export const argsIntegrity: Check<State> = {
  name: 'args-integrity',
  says: 'A tool gets the arguments that the model wrote, whole and as its schema takes them, or it is not called.',
  kind: 'safety',
  clauses: {
    a: 'arguments that do not parse, or that the schema does not take as they are, never reach the tool',
    b: 'nothing is added, dropped, changed or joined between what was proposed and what is executed',
  },
  usual: 'parse strictly, check against a schema that changes nothing, and answer what fails with an error',
  mutant: 'lax-args',
  concerns: () => true,
  start: (facts) => ({
    facts,
    proposals: noProposals(),
    intents: new Map(),
    texts: new Map(),
    started: new Set(),
    malformed: false,
    met: false,
  }),
  on: {
    'model-answered': (state, event, judge) => {
      if (state.facts.own) noteAnswer(state.proposals, event)
      else noteTexts(state, event)
      return judge.skip
    },
    'batch-open': judgeOpen,
    'call-rejected': (state, event, judge) => {
      if (event.error.class !== 'invalid-args') return judge.skip
      return state.started.has(event.call) ? judge.skip : held(state, judge)
    },
    'attempt-start': judgeStart,
    'request-arrived': (state, event, judge) => judgeArrival(state, event.call, event, judge),
    'tool-returned': (state, event, judge) => judgeArrival(state, event.call, event, judge),
  },
  met: (state) => state.met,
}

function judgeOpen(state: State, event: EventOf<'batch-open'>, judge: Judge): Judgement {
  for (const intent of event.calls) {
    const { call, tool, proposed, args } = intent
    state.intents.set(call, { seq: event.seq, ...intent })
    const said = allProposedAt(state.proposals, call)
    if (said.length > 0 && !said.some((one) => one.arguments === proposed)) {
      const because = `the model called ${tool} (${call}) with ${said.at(-1)?.arguments}, and the run took ${proposed}`
      return judge.broken(because, { clause: 'b', tool })
    }
    if (args === undefined || sameCanonical(parsed(proposed), args)) continue
    const because = `the model called ${tool} (${call}) with ${proposed}, and the run made ${JSON.stringify(args)} of it`
    return judge.broken(because, { clause: parsed(proposed) === undefined ? 'a' : 'b', tool })
  }
  return judge.skip
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

function judgeStart(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const intent = state.intents.get(event.call)
  if (!intent) return judge.skip
  const { call, tool, args, argsDigest } = intent
  const witness = [intent.seq, event.seq]
  if (event.argsDigest !== argsDigest) {
    const because = `attempt ${event.attempt} of ${tool} (${call}) was started with other arguments than its batch has`
    return judge.broken(because, { clause: 'b', witness, tool })
  }
  if (state.started.has(call)) return judge.skip
  state.started.add(call)
  const takes = toolFacts(state.facts, tool)?.takes
  if (args === undefined || !takes || takes(args)) return judge.skip
  const because = `${tool} (${call}) was called with ${JSON.stringify(args)}, which its schema does not take as it is`
  return judge.broken(because, { clause: 'a', witness, tool })
}

function noteTexts(state: State, event: EventOf<'model-answered'>): void {
  if (event.calls.length === 0) return
  const texts = state.texts.get(event.turn) ?? []
  texts.push(event.calls.map((call) => call.arguments))
  state.texts.set(event.turn, texts)
  state.malformed ||= event.calls.some((call) => parsed(call.arguments) === undefined)
}

/** Elsewhere: whatever an agent made of a text that is no JSON, the model did not say it. */
function judgeArrival(
  state: State,
  call: string | undefined,
  { seq }: { readonly seq: number },
  judge: Judge,
): Judgement {
  if (state.facts.own || call === undefined || state.started.has(call) || isNested(call)) return judge.skip
  state.started.add(call)
  const texts = state.texts.get(turnOf(call))?.flatMap((calls) => calls[indexOf(call)] ?? []) ?? []
  if (texts.length === 0 || texts.some((text) => parsed(text) !== undefined))
    return state.malformed ? held(state, judge) : judge.skip
  const because = `${call} was carried out, although the model never sent arguments for it that are JSON: ${texts[0]}`
  return judge.broken(because, { clause: 'a', witness: [seq] })
}

function held(state: State, judge: Judge): Judgement {
  state.met = true
  return judge.held
}
