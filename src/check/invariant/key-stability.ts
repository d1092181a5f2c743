/** `key-stability`: one call, one key; one key, one meaning. Broken by an agent whose key holds the attempt number. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import { canonical } from '../../core/json.js'
import type { OutcomeKind } from '../../core/outcome.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Keyed {
  readonly call: string
  readonly tool: string
  readonly key: string
  readonly argsDigest: string
  readonly seq: number
  outcome: OutcomeKind | undefined
}

interface Arrival {
  readonly seq: number
  readonly attempt: number | undefined
  readonly key: string | undefined
  readonly input: unknown
}

interface State {
  readonly facts: Facts
  readonly calls: Map<string, Keyed>
  readonly owners: Map<string, Keyed>
  /** `tool digest` of calls: two with one are two calls for the same thing. */
  readonly meanings: Set<string>
  /** First arrival of each key at each operation. */
  readonly wire: Map<string, Arrival>
  /** Writes of each call at each operation. */
  readonly arrivals: Map<string, Arrival[]>
}

export const keyStability: Check<State> = {
  name: 'key-stability',
  says: 'All tries of a call carry one idempotency key, and a key never stands for two different things.',
  kind: 'safety',
  clauses: {
    a: 'all attempts of a call carry one key',
    b: 'distinct calls carry distinct keys',
    c: 'a key always comes with the same arguments',
    d: 'the key is there, and it is the key that the runtime made',
  },
  usual: 'derive the key from the place of the call in the run, before the first try, and send it with every try',
  mutant: 'key-per-attempt',
  concerns: (facts) => facts.own || facts.backends.length > 0,
  start: (facts) => ({
    facts,
    calls: new Map(),
    owners: new Map(),
    meanings: new Set(),
    wire: new Map(),
    arrivals: new Map(),
  }),
  on: {
    'attempt-start': (state, event, judge) => judgeAttempt(state, event, judge),
    'call-settled': (state, event, judge) => {
      const call = state.calls.get(event.call)
      if (call) call.outcome = event.outcome
      return judge.skip
    },
    'request-arrived': (state, event, judge) => {
      return event.kind === 'write' ? judgeArrival(state, event, judge) : judge.skip
    },
  },
  met: (state) => (state.facts.own ? state.calls.size > 0 : state.wire.size > 0),
}

function judgeAttempt(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const { call, tool, key, argsDigest, seq } = event
  const first = state.calls.get(call)
  if (first) {
    const witness = [first.seq, seq]
    if (first.key !== key) {
      const because = `attempt ${event.attempt} of ${tool} (${call}) carries another key than the attempt before it`
      return judge.broken(because, { clause: 'a', witness, tool })
    }
    if (first.argsDigest !== argsDigest) {
      const because = `attempt ${event.attempt} of ${tool} (${call}) carries other arguments under the same key`
      return judge.broken(because, { clause: 'c', witness, tool })
    }
    return judge.held
  }
  if (key === '') return judge.broken(`${tool} (${call}) was started without a key`, { clause: 'd', tool })
  const entry: Keyed = { call, tool, key, argsDigest, seq, outcome: undefined }
  state.calls.set(call, entry)
  const owner = state.owners.get(key)
  if (!owner) state.owners.set(key, entry)
  else if (owner.tool !== tool || owner.argsDigest !== argsDigest) {
    const because = `${tool} (${call}) carries the key of ${owner.tool} (${owner.call}) with other arguments`
    return judge.broken(because, { clause: 'c', witness: [owner.seq, seq], tool })
  } else if (owner.outcome === undefined || owner.outcome === 'ok') {
    const because = `${tool} (${call}) carries the key of another call, ${owner.call}: two things that were meant would count as one`
    return judge.broken(because, { clause: 'b', witness: [owner.seq, seq], tool })
  }
  const meaning = `${tool} ${argsDigest}`
  if (state.meanings.has(meaning)) return judge.held
  state.meanings.add(meaning)
  return judge.skip
}

function judgeArrival(state: State, event: EventOf<'request-arrived'>, judge: Judge): Judgement {
  const operation = `${event.backend}.${event.operation}`
  const arrival: Arrival = { seq: event.seq, attempt: event.attempt, key: event.key, input: event.input }
  let answer = judge.skip
  if (event.key !== undefined) {
    const first = state.wire.get(`${operation} ${event.key}`)
    if (!first) state.wire.set(`${operation} ${event.key}`, arrival)
    else if (!sameInput(first, arrival)) {
      const because = `${operation} was asked twice under one key, with different input`
      return judge.broken(because, { clause: 'c', witness: [first.seq, event.seq], tool: toolOf(state, event.call) })
    } else answer = judge.held
  }
  if (event.call === undefined) return answer
  const earlier = state.arrivals.get(`${event.call} ${operation}`)
  if (!earlier) {
    state.arrivals.set(`${event.call} ${operation}`, [arrival])
    return answer
  }
  earlier.push(arrival)
  return judgeRetry(state, event, arrival, earlier, judge) ?? answer
}

/** A retry against the attempts before it; undefined when it tells nothing new. */
function judgeRetry(
  state: State,
  event: EventOf<'request-arrived'>,
  now: Arrival,
  all: readonly Arrival[],
  judge: Judge,
): Judgement | undefined {
  const operation = `${event.backend}.${event.operation}`
  const before = all.filter(
    (one) => one.attempt !== undefined && now.attempt !== undefined && one.attempt < now.attempt,
  )
  if (before.length === 0) return undefined
  const tool = toolOf(state, event.call)
  const witness = [before[0]!.seq, event.seq]
  if (now.key === undefined) {
    const keyed = state.facts.tools.some(
      (facts) => facts.name === tool && facts.idempotency === 'keyed' && facts.effect !== 'read',
    )
    if (!keyed || all.some((one) => one.key !== undefined)) return undefined
    const because = `${tool} is declared to send its key, but ${operation} was asked again without one`
    return judge.broken(because, { clause: 'd', witness, tool })
  }
  if (before.some((one) => one.key === now.key)) return undefined
  const other = before.find((one) => one.key !== undefined && sameInput(one, now))
  if (!other) return undefined
  const because = `attempt ${now.attempt} of ${tool ?? event.call} asked ${operation} for the same thing under another key`
  return judge.broken(because, { clause: 'a', witness: [other.seq, event.seq], tool })
}

const sameInput = (a: Arrival, b: Arrival): boolean => a.input === b.input || canonical(a.input) === canonical(b.input)

const toolOf = (state: State, call: string | undefined): string | undefined =>
  call === undefined ? undefined : state.calls.get(call)?.tool
