/** Chrome's Trace Event JSON, which Perfetto and `chrome://tracing` open: who did what when, in virtual time. */

import type { AnyEvent } from '../src/core/event.js'
import { type Exchange, exchangesOf } from '../src/report/trace/exchange.js'
import { shownText } from '../src/report/trace/shown-value.js'
import type { Traced } from './traced.js'

type Entry = Readonly<Record<string, unknown>>

/** One process for the agent, one for the model and one for each service, of each trial; a thread for each thing it does at a time. */
export function perfettoReport(trials: readonly Traced[]): string {
  const next = { pid: 1, flow: 1 }
  const events = trials.flatMap((trial) => trialEntries(trial, next))
  const lines = events.map((event) => JSON.stringify(event)).join(',\n')
  return `{"displayTimeUnit":"ms","otherData":{"clock":"virtual"},"traceEvents":[\n${lines}\n]}\n`
}

/** Slices of one thread may not overlap: what happens at the same time gets threads of its own. */
interface Thread {
  readonly pid: number
  readonly tid: number
  free: number
}

function trialEntries(trial: Traced, next: { pid: number; flow: number }): readonly Entry[] {
  const exchanges = exchangesOf(trial.events)
  const places = [...new Set(['agent', 'model', ...exchanges.map(({ at }) => at)])]
  const pids = new Map(places.map((place) => [place, next.pid++]))
  const threads = new Map<string, Thread[]>()
  const slices = new Map(exchanges.map((one) => [one.key, { one, thread: threadFor(one, pids, threads) }]))
  const names = places.map((place) => meta('process_name', pids.get(place) as number, 0, `${trial.name} ${place}`))
  const lanes = [...threads].flatMap(([lane, some]) =>
    some.map(({ pid, tid }, index) => meta('thread_name', pid, tid, index === 0 ? lane : `${lane} ${index + 1}`)),
  )
  const entries = [...slices.values()].flatMap(({ one, thread }) => {
    const cause = one.cause === undefined ? undefined : slices.get(one.cause)
    const parent = one.kind === 'request' && one.parent !== undefined ? slices.get(one.parent) : undefined
    const from = cause ?? parent
    return [slice(one, thread), ...(from ? flow(next.flow++, from, { one, thread }) : []), ...faultMarks(one, thread)]
  })
  const agent = { pid: pids.get('agent') as number, tid: 1, free: 0 }
  const broken = trial.broken.map(({ invariant, because, vt }) =>
    mark(`broken: ${shownText(invariant)}`, vt, agent, { because: shownText(because, 300) }),
  )
  return [...names, ...lanes, ...entries, ...lifeMarks(trial.events, agent), ...inFlight(exchanges, agent), ...broken]
}

const meta = (name: string, pid: number, tid: number, value: string): Entry => ({
  ...{ ph: 'M', name, pid, tid },
  args: { name: shownText(value) },
})

const lanes = { run: 'loop', model: 'answers', tool: 'tools', request: 'requests' } as const

function threadFor(one: Exchange, pids: ReadonlyMap<string, number>, threads: Map<string, Thread[]>): Thread {
  const lane = `${one.at} ${lanes[one.kind]}`
  const own = threads.get(lane) ?? []
  threads.set(lane, own)
  const pid = pids.get(one.at) as number
  const taken = [...threads.values()].flat().filter((thread) => thread.pid === pid).length
  const thread = own.find(({ free }) => free <= micros(one.start)) ?? { pid, tid: taken + 1, free: 0 }
  if (!own.includes(thread)) own.push(thread)
  thread.free = micros(one.start) + lengthOf(one)
  return thread
}

const micros = (vt: number): number => Math.round(vt * 1000)
/** A slice of no length holds no arrow. */
const lengthOf = ({ start, end }: Exchange): number => Math.max(1, micros(end) - micros(start))

const slice = (one: Exchange, { pid, tid }: Thread): Entry => ({
  ...{ ph: 'X', name: shownText(one.name), cat: one.kind, ts: micros(one.start), dur: lengthOf(one), pid, tid },
  args: { event: one.seq, outcome: shownText(one.outcome), ...one.attributes },
})

interface Placed {
  readonly one: Exchange
  readonly thread: Thread
}

/** An arrow from what caused it: both ends lie inside of their slices. */
function flow(id: number, from: Placed, to: Placed): readonly Entry[] {
  const start = Math.min(micros(to.one.start), micros(from.one.start) + lengthOf(from.one) - 1)
  const arrow = { name: 'cause', cat: 'flow', id }
  return [
    { ph: 's', ...arrow, ts: Math.max(micros(from.one.start), start), pid: from.thread.pid, tid: from.thread.tid },
    { ph: 'f', bp: 'e', ...arrow, ts: micros(to.one.start), pid: to.thread.pid, tid: to.thread.tid },
  ]
}

const mark = (name: string, vt: number, { pid, tid }: Thread, args: Entry): Entry => ({
  ...{ ph: 'i', s: 't', name, ts: micros(vt), pid, tid, args },
})

const faultMarks = ({ faults }: Exchange, thread: Thread): readonly Entry[] =>
  faults.map(({ fault, vt, seq, site, detail }) =>
    mark(shownText(fault), vt, thread, { event: seq, site: shownText(site), detail: shownText(detail) }),
  )

function lifeMarks(events: readonly AnyEvent[], thread: Thread): readonly Entry[] {
  return events.flatMap((event) =>
    event.type === 'crash' || event.type === 'restart' || event.type === 'overlap'
      ? [mark(event.type, event.vt, thread, { event: event.seq, life: event.epoch })]
      : [],
  )
}

/** How many requests are under way. */
function inFlight(exchanges: readonly Exchange[], { pid }: Thread): readonly Entry[] {
  const steps = exchanges
    .filter(({ kind }) => kind === 'request')
    .flatMap(({ start, end }) => [
      { at: micros(start), by: 1 },
      { at: micros(end), by: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.by - other.by)
  let requests = 0
  return steps.map(({ at, by }) => {
    requests += by
    return { ph: 'C', name: 'requests in flight', ts: at, pid, tid: 0, args: { requests: Math.max(0, requests) } }
  })
}
