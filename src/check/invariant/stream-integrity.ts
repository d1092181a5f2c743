/** `stream-integrity`: an answer counts when it is whole, and as it was sent. Broken by an agent that takes the end of a stream for the end of an answer. */

import type { EventOf } from '../../core/event.js'
import type { Message, ProposedCall } from '../../core/message.js'
import type { StopReason } from '../../core/model.js'
import { judgeCompared } from '../compared.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { isNested, turnOf } from '../proposed-calls.js'

type Answer = EventOf<'model-answered'>

interface State {
  readonly own: boolean
  /** All that the model sent, by turn. */
  readonly sent: Map<number, Answer[]>
  /** Turns whose answer the run took. */
  readonly taken: Set<number>
  messages: readonly Message[]
  /** An answer came that was not whole. */
  cut: boolean
  met: boolean
}

const natural: ReadonlySet<StopReason> = new Set<StopReason>(['stop', 'tool-calls'])
const isWhole = (answer: Answer): boolean => answer.complete && natural.has(answer.stop)

const relations = { chunking: 'e' }

export const streamIntegrity: Check<State> = {
  name: 'stream-integrity',
  says: 'An answer of the model counts only when it came to its end, and then as it was sent: one attempt, call by call.',
  kind: 'safety',
  clauses: {
    a: 'an answer that did not come to its end is not taken for one',
    b: 'what is taken is what one attempt sent: nothing of a failed attempt, and no two calls in one',
    c: 'an answer that ended by its length, a filter or a refusal is a failed attempt',
    d: 'no call of an answer that was cut off is carried out',
    e: 'how an answer is cut into chunks changes nothing',
  },
  usual:
    'begin each attempt with empty buffers, keep calls by index and id, and take an answer when its last event has come',
  mutant: 'accumulator-by-index',
  relations,
  concerns: () => true,
  start: (facts) => ({ own: facts.own, sent: new Map(), taken: new Set(), messages: [], cut: false, met: false }),
  on: {
    'trials-compared': (_state, event, judge) => judgeCompared(event, relations, judge),
    'model-answered': (state, event, judge) => {
      const sent = state.sent.get(event.turn)
      if (sent) sent.push(event)
      else state.sent.set(event.turn, [event])
      if (event.status === 200 && !isWhole(event)) state.cut = true
      return judge.skip
    },
    'model-call-end': judgeTaken,
    'attempt-start': (state, event, judge) => {
      if (isNested(event.call) || state.taken.has(turnOf(event.call))) return judge.skip
      const because = `${event.tool} (${event.call}) was started, although no whole answer of its turn was taken`
      return judge.broken(because, { clause: 'd', tool: event.tool })
    },
    'request-arrived': (state, event, judge) => judgeArrival(state, event.call, event, judge),
    'tool-returned': (state, event, judge) => judgeArrival(state, event.call, event, judge),
    'prompt-received': (state, event, judge) => {
      if (state.own) return judge.skip
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      return judgePrompt(state, event, from, judge)
    },
  },
  met: (state) => state.met,
}

function judgeTaken(state: State, event: EventOf<'model-call-end'>, judge: Judge): Judgement {
  const { turn, attempt, seq } = event
  const sent = state.sent.get(turn)?.findLast((answer) => answer.attempt === attempt)
  if (event.outcome !== 'ok') return sent?.status === 200 ? held(state, judge) : judge.skip
  state.taken.add(turn)
  if (!sent) return judge.skip
  const witness = [sent.seq, seq]
  const which = `attempt ${attempt} of turn ${turn}`
  if (!sent.complete) {
    return judge.broken(`the answer to ${which} was cut off, and was taken all the same`, { clause: 'a', witness })
  }
  if (!natural.has(sent.stop)) {
    const because = `the answer to ${which} ended by ${sent.stop}, and was taken as if it were whole`
    return judge.broken(because, { clause: 'c', witness })
  }
  if (sent.text !== event.text) {
    const because = `the answer to ${which} was ${JSON.stringify(sent.text)}, and ${JSON.stringify(event.text)} was taken`
    return judge.broken(because, { clause: 'b', witness })
  }
  if (!sameCalls(sent.calls, event.calls)) {
    const because = `the calls that were taken from the answer to ${which} are not those that were sent`
    return judge.broken(because, { clause: 'b', witness })
  }
  return attempt > 1 ? held(state, judge) : judge.skip
}

function held(state: State, judge: Judge): Judgement {
  state.met = true
  return judge.held
}

const sameCalls = (a: readonly ProposedCall[], b: readonly ProposedCall[]): boolean =>
  a.length === b.length &&
  a.every((call, at) => {
    const other = b[at]!
    return call.id === other.id && call.tool === other.tool && call.arguments === other.arguments
  })

/** Elsewhere: a call of which no whole answer was ever sent. A length that ends an answer behind its calls leaves them whole. */
function judgeArrival(state: State, call: string | undefined, { seq }: { seq: number }, judge: Judge): Judgement {
  if (state.own || call === undefined || !state.cut || isNested(call)) return judge.skip
  const sent = state.sent.get(turnOf(call))
  if (!sent || sent.some(({ complete }) => complete)) return judge.skip
  const because = `${call} was carried out, although the answer that proposed it was cut off`
  return judge.broken(because, { clause: 'd', witness: [sent[0]!.seq, seq] })
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  if (!state.cut) return judge.skip
  let answer = judge.skip
  for (let at = from; at < event.messages.length; at++) {
    const message = event.messages[at]!
    if (message.role !== 'assistant') continue
    const { text, calls } = message
    const joined = calls.find((call) => isJoined(state, call))
    if (joined) {
      const because = `the prompt of turn ${event.turn} shows ${joined.tool} with the arguments of more than one call: ${joined.arguments}`
      return judge.broken(because, { clause: 'b', tool: joined.tool })
    }
    for (const sent of state.sent.values()) {
      const cut =
        text === '' ? undefined : sent.find((one) => !one.complete && one.text !== '' && text.startsWith(one.text))
      if (!cut || [...state.sent.values()].flat().some((one) => one.complete && one.text === text)) continue
      const whole = sent.find((one) => one.complete && text === cut.text + one.text && one.text !== '')
      if (text !== cut.text && !whole) continue
      const because = whole
        ? `the prompt of turn ${event.turn} shows what an attempt said before it failed, and then the whole answer`
        : `the prompt of turn ${event.turn} shows as an answer what was cut off: ${JSON.stringify(text)}`
      return judge.broken(because, { clause: whole ? 'b' : 'a', witness: [cut.seq, event.seq] })
    }
    answer = held(state, judge)
  }
  return answer
}

/** Its arguments begin or end with those that were sent under its id, and have another call's beside them. */
function isJoined(state: State, { id, arguments: text }: ProposedCall): boolean {
  const all = [...state.sent.values()].flat().flatMap((answer) => answer.calls)
  const own = all.filter((call) => call.id === id)
  if (own.length === 0 || own.some((call) => call.arguments === text)) return false
  return own.some(({ arguments: part }) => {
    if (part.length < 2 || part.length >= text.length) return false
    const beside = text.startsWith(part)
      ? text.slice(part.length)
      : text.endsWith(part)
        ? text.slice(0, -part.length)
        : ''
    return beside !== '' && all.some((call) => call.arguments === beside)
  })
}
