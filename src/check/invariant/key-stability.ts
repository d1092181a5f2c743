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

type Arrival = EventOf<'request-arrived'>

interface State {
  readonly facts: Facts
  readonly calls: Map<string, Keyed>
  readonly owners: Map<string, Keyed>
  /** Tool by digest of the arguments: two calls with one are two calls for the same thing. */
  readonly meanings: Map<string, string>
  /** First arrival of each key; of a key met at several operations, one for each. */
  readonly wire: Map<string, Arrival>
  /** Requests under a key that had come with other input: judged by their answer. */
  readonly conflicts: Map<string, readonly [first: Arrival, second: Arrival]>
  /** The model wants one thing more than once: what takes one of them back may find another. */
  strayed: boolean
  /** Writes of each call. */
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
    meanings: new Map(),
    wire: new Map(),
    conflicts: new Map(),
    strayed: false,
    arrivals: new Map(),
  }),
  on: {
    'attempt-start': (state, event, judge) => judgeAttempt(state, event, judge),
    'call-settled': (state, event, judge) => {
      const call = state.calls.get(event.call)
      if (call) call.outcome = event.outcome
      return judge.skip
    },
    'model-strayed': (state, _event, judge) => {
      state.strayed = true
      return judge.skip
    },
    'request-answered': (state, event, judge) => judgeAnswer(state, event, judge),
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
  if (state.meanings.get(argsDigest) === tool) return judge.held
  state.meanings.set(argsDigest, tool)
  return judge.skip
}

function judgeArrival(state: State, event: EventOf<'request-arrived'>, judge: Judge): Judgement {
  let answer = judge.skip
  if (event.key !== undefined) {
    const first = firstOfKey(state, event, event.key)
    if (first !== event && sameInput(first, event)) answer = judge.held
    else if (first !== event) state.conflicts.set(event.site, [first, event])
  }
  if (event.call === undefined || event.attempt === undefined) return answer
  const earlier = state.arrivals.get(event.call)
  if (!earlier) {
    state.arrivals.set(event.call, [event])
    return answer
  }
  const retried = event.attempt > 1 ? judgeRetry(state, event, earlier, judge) : undefined
  earlier.push(event)
  return retried ?? answer
}

const malformed = 400

function judgeAnswer(state: State, event: EventOf<'request-answered'>, judge: Judge): Judgement {
  const conflict = state.conflicts.get(event.site)
  state.conflicts.delete(event.site)
  // Input that fits no request means nothing: an agent was told garbage, and passed it on.
  if (conflict && event.status !== malformed && !(state.strayed && isCompensation(conflict[1]))) {
    const [first, second] = conflict
    const because = `${nameOf(second)} was asked twice under one key, with different input`
    const witness = [first.seq, second.seq, event.seq]
    return judge.broken(because, { clause: 'c', witness, tool: toolOf(state, second.call) })
  }
  // A refused request bound its key to nothing: what follows may be put right.
  if (event.outcome !== 'failed') return judge.skip
  for (const [place, first] of state.wire) if (first.site === event.site) state.wire.delete(place)
  return judge.skip
}

/** The first request under this key at this operation: this one, if there was none. */
function firstOfKey(state: State, event: Arrival, key: string): Arrival {
  const first = state.wire.get(key)
  if (first && sameOperation(first, event)) return first
  const place = first ? `${nameOf(event)} ${key}` : key
  const there = state.wire.get(place)
  if (there) return there
  state.wire.set(place, event)
  return event
}

/** A retry against the attempts before it; undefined when it tells nothing new. */
function judgeRetry(state: State, now: Arrival, earlier: readonly Arrival[], judge: Judge): Judgement | undefined {
  const before = earlier.filter((one) => sameOperation(one, now) && one.attempt! < now.attempt!)
  if (before.length === 0) return undefined
  const tool = toolOf(state, now.call)
  const witness = [before[0]!.seq, now.seq]
  if (now.key === undefined) {
    const keyed = state.facts.tools.some(
      (facts) => facts.name === tool && facts.idempotency === 'keyed' && facts.effect !== 'read',
    )
    if (!keyed || earlier.some((one) => one.key !== undefined)) return undefined
    const because = `${tool} is declared to send its key, but ${nameOf(now)} was asked again without one`
    return judge.broken(because, { clause: 'd', witness, tool })
  }
  if (before.some((one) => one.key === now.key)) return undefined
  const other = before.find((one) => one.key !== undefined && sameInput(one, now))
  if (!other) return undefined
  const because = `attempt ${now.attempt} of ${tool ?? now.call} asked ${nameOf(now)} for the same thing under another key`
  return judge.broken(because, { clause: 'a', witness: [other.seq, now.seq], tool })
}

const isCompensation = ({ call }: Arrival): boolean => call?.endsWith('.undo') ?? false

const nameOf = (arrival: Arrival): string => `${arrival.backend}.${arrival.operation}`

const sameOperation = (a: Arrival, b: Arrival): boolean => a.operation === b.operation && a.backend === b.backend

const sameInput = (a: Arrival, b: Arrival): boolean => a.input === b.input || canonical(a.input) === canonical(b.input)

const toolOf = (state: State, call: string | undefined): string | undefined =>
  call === undefined ? undefined : state.calls.get(call)?.tool
