/** `at-most-once-effect`: what was meant once happens once. Broken by an agent that tries again, after a lost answer, without a key. */

import { callPath } from '../../core/call.js'
import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import { canonical } from '../../core/json.js'
import type { Message, ProposedCall } from '../../core/message.js'
import type { OutcomeKind } from '../../core/outcome.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { indexOf, orderOf, turnOf } from '../proposed-calls.js'

interface Row {
  readonly seq: number
  readonly call: string | undefined
  readonly attempt: number | undefined
  readonly key: string | undefined
  /** False once it was taken back. */
  live: boolean
  undone: number | undefined
}

interface State {
  readonly facts: Facts
  /** Effects by intended name, `backend.operation:once`. */
  readonly names: Map<string, Row[]>
  readonly effects: Map<number, Row>
  /** Keys and sites of writes that arrived. */
  readonly keys: Set<string>
  readonly sites: Set<string>
  /** The prompt behind each turn, and what the model answered to it. */
  readonly prompts: Map<number, readonly Message[]>
  readonly answers: Map<number, readonly ProposedCall[]>
  /** Turns that have their answer. */
  readonly opened: Set<number>
  /** What an agent on our runtime told of each call. */
  readonly told: Map<string, OutcomeKind>
  /** Prompts no longer show all that there was. */
  compacted: boolean
  /** The model no longer means what its script says; and the calls within which one of a subagent does not. */
  strayed: boolean
  readonly within: string[]
}

export const atMostOnceEffect: Check<State> = {
  name: 'at-most-once-effect',
  says: 'An effect that was meant once happens once, however often the agent has to try.',
  kind: 'safety',
  clauses: {
    a: 'no two effects under one key, and none taken back twice',
    b: 'no two attempts of one call each have the same effect',
    c: 'of each intended effect, no more than were intended',
  },
  usual: 'send an Idempotency-Key that is the same in every try, or look the effect up before you try again',
  mutant: 'reissue-not-matched',
  concerns: (facts) => facts.backends.length > 0 || facts.tools.some((tool) => tool.effect !== 'read'),
  start: (facts) => ({
    facts,
    names: new Map(),
    effects: new Map(),
    keys: new Set(),
    sites: new Set(),
    prompts: new Map(),
    answers: new Map(),
    opened: new Set(),
    told: new Map(),
    compacted: false,
    strayed: false,
    within: [],
  }),
  on: {
    'prompt-received': (state, event, judge) => {
      state.prompts.set(event.turn, event.messages)
      return judge.skip
    },
    'model-answered': (state, event, judge) => {
      if (event.complete && event.calls.length > 0 && !state.opened.has(event.turn))
        state.answers.set(event.turn, event.calls)
      return judge.skip
    },
    // What came to an earlier life, or to a request that was given up, is not what the turn goes on with.
    'batch-open': (state, event, judge) => {
      state.opened.add(event.turn)
      return judge.skip
    },
    'batch-commit': (state, event, judge) => {
      for (const { call, outcome } of event.results) state.told.set(call, outcome)
      return judge.skip
    },
    'context-compacted': (state, _event, judge) => {
      state.compacted = true
      return judge.skip
    },
    'model-strayed': (state, { within }, judge) => {
      if (within === undefined) state.strayed = true
      else state.within.push(`${within}/`)
      return judge.skip
    },
    'request-arrived': (state, event, judge) => {
      if (event.kind !== 'write') return judge.skip
      state.sites.add(event.site)
      if (event.key === undefined) return event.attempt !== undefined && event.attempt > 1 ? judge.held : judge.skip
      const key = `${event.backend}.${event.operation} ${event.key}`
      if (state.keys.has(key)) return judge.held
      state.keys.add(key)
      return judge.skip
    },
    'request-answered': (state, event, judge) => {
      const ambiguous = event.outcome === 'unknown' || event.outcome === 'late'
      return ambiguous && state.sites.has(event.site) ? judge.held : judge.skip
    },
    'effect-applied': (state, event, judge) => judgeEffect(state, event, judge),
    'effect-compensated': (state, event, judge) => {
      const row = state.effects.get(event.effect)
      if (!row) return judge.skip
      row.live = false
      if (row.undone === undefined) {
        row.undone = event.seq
        return judge.skip
      }
      const because = `${event.backend}.${event.operation} was taken back twice`
      return judge.broken(because, { clause: 'a', witness: [row.seq, row.undone, event.seq] })
    },
  },
  met: (state) => state.sites.size > 0 || state.names.size > 0,
}

function judgeEffect(state: State, event: EventOf<'effect-applied'>, judge: Judge): Judgement {
  if (event.compensates !== undefined) {
    const target = state.effects.get(event.compensates)
    if (target) target.live = false
    return judge.skip
  }
  const name = `${event.backend}.${event.operation}:${event.once}`
  const row: Row = {
    seq: event.seq,
    call: event.call,
    attempt: event.attempt,
    key: event.key,
    live: true,
    undone: undefined,
  }
  state.effects.set(event.effect, row)
  const rows = state.names.get(name)
  if (!rows) {
    state.names.set(name, [row])
    return judge.skip
  }
  rows.push(row)
  return judgeRows(state, event, name, rows, judge)
}

function judgeRows(state: State, event: EventOf<'effect-applied'>, name: string, rows: Row[], judge: Judge): Judgement {
  const live = rows.filter((row) => row.live)
  const earlier = live.slice(0, -1)
  const tool = toolOf(state, event.call)
  const naturally = state.facts.tools.some((facts) => facts.name === tool && facts.idempotency === 'natural')
  if (naturally || earlier.length === 0) return judge.skip
  const what = `${event.backend}.${event.operation} for ${short(event.once)}`
  const sameKey = earlier.find((row) => row.key !== undefined && row.key === event.key && !sameAttempt(row, event))
  if (sameKey) {
    const because = `${what} was applied again under the key ${short(sameKey.key!)}, which had already had its effect`
    return judge.broken(because, { clause: 'a', witness: [sameKey.seq, event.seq], tool })
  }
  const sameCall = state.facts.own
    ? earlier.find((row) => row.call === event.call && row.call !== undefined && row.attempt !== event.attempt)
    : undefined
  if (sameCall) {
    const because = `${what} was applied by attempt ${sameCall.attempt} and again by attempt ${event.attempt} of one call; ${keySentence(live)}`
    return judge.broken(because, { clause: 'b', witness: [sameCall.seq, event.seq], tool })
  }
  const intended = Math.max(1, state.facts.intended[name] ?? 1)
  if (excess(state, live) <= intended) return judge.held
  const because = `${what} was applied ${live.length} times${intended > 1 ? ` where ${intended} were intended` : ''}; ${keySentence(live)}`
  return judge.broken(because, { clause: 'c', witness: live.map((row) => row.seq), tool })
}

/** One attempt may write the same thing several times: how often was intended is for clause c. */
const sameAttempt = (row: Row, event: EventOf<'effect-applied'>): boolean =>
  row.call !== undefined && row.call === event.call && row.attempt === event.attempt

/**
 * How many of the effects nobody ordered knowing of the others. A script says once what is meant; any other model, and one that
 * strays, may order the same thing again, knowing what it does.
 */
function excess(state: State, live: readonly Row[]): number {
  if (state.facts.scripted && !state.strayed) return live.length
  const rows = live.filter((row) => !isStray(state, row))
  // Which call an effect comes from is not known of every agent: then nobody can tell whether a model that strays ordered it.
  if (state.strayed && rows.some(({ call }) => call === undefined)) return 0
  if (state.facts.own && state.strayed) return rows.length <= ordersOf(state, rows) ? 0 : rows.length
  return rows.filter((row, index) => !orderedAgain(state, row, rows.slice(0, index))).length
}

/**
 * How often the model proposed what these effects come from. What it proposes once more where it was told that a call had not
 * gone well is no further order.
 */
function ordersOf(state: State, rows: readonly Row[]): number {
  const wanted = new Set(
    rows.flatMap(({ call }) => (call === undefined ? [] : (whatOf(proposed(state, orderOf(call))) ?? []))),
  )
  let orders = 0
  for (const what of wanted) {
    let open = 0
    for (const [turn, calls] of [...state.answers].sort(([one], [other]) => one - other)) {
      const places = calls.flatMap((call, place) => (whatOf(call) === what ? [place] : []))
      const again = Math.min(places.length, open)
      orders += places.length - again
      open += places.filter((place) => state.told.get(callPath(turn, place)) !== 'ok').length - again
    }
  }
  return orders
}

function whatOf(call: ProposedCall | undefined): string | undefined {
  if (!call) return undefined
  try {
    return `${call.tool} ${canonical(JSON.parse(call.arguments))}`
  } catch {
    return `${call.tool} ${call.arguments}`
  }
}

/** The calls of a subagent are known to its own watch alone. */
const isStray = ({ within }: State, { call }: Row): boolean => within.some((path) => call?.startsWith(path))

/**
 * Whether the model asked for this effect once more, knowing that the earlier ones had happened: another call of the same
 * answer, or a call in reply to a prompt that showed it every earlier one as done. Not the agent's doing, so not counted.
 * Nor is a call of which the model was told that it was done, and which its window has since had no room for: to the agent
 * that is an order like any other.
 */
function orderedAgain(state: State, row: Row, earlier: readonly Row[]): boolean {
  if (row.call === undefined || earlier.length === 0) return false
  const call = orderOf(row.call)
  return (
    proposed(state, call) !== undefined &&
    earlier.every((before) => before.call !== undefined && knew(state, call, orderOf(before.call)))
  )
}

function knew(state: State, call: string, before: string): boolean {
  if (call === before) return false
  const [turn, turnBefore] = [turnOf(call), turnOf(before)]
  if (turn === turnBefore) return proposed(state, before) !== undefined
  const shown = proposed(state, before)
  if (!shown || turnBefore > turn) return false
  const place = indexOf(before)
  const messages = state.prompts.get(turn) ?? []
  const outcomes = messages.flatMap((message, at) => {
    const next = messages[at + 1]
    if (message.role !== 'assistant' || next?.role !== 'tool') return []
    const there = message.calls[place]
    if (there?.tool !== shown.tool || (there.id !== shown.id && there.arguments !== shown.arguments)) return []
    return [next.results.find((one) => one.id === there.id)?.outcome]
  })
  if (outcomes.length === 0) return state.compacted && state.told.get(before) === 'ok'
  return outcomes.includes('ok')
}

const proposed = (state: State, call: string): ProposedCall | undefined =>
  state.answers.get(turnOf(call))?.[indexOf(call)]

const toolOf = (state: State, call: string | undefined): string | undefined =>
  call === undefined ? undefined : proposed(state, call)?.tool

function keySentence(rows: readonly Row[]): string {
  const keys = new Set(rows.map((row) => row.key))
  if (keys.size === 1 && keys.has(undefined)) return 'no key tied the requests together'
  if (keys.has(undefined)) return 'not every request carried a key'
  return keys.size === 1 ? 'all requests carried one key' : 'each request carried a key of its own'
}

const short = (text: string): string => {
  const shown = text.startsWith('{') || text.startsWith('"') ? text : JSON.stringify(text)
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
}
