/** Runs a child: a session of its own beside its parent's, started once, resumed after every crash, and over before its parent is. */

import { digest } from '../../core/digest.js'
import type { LogEvent, LogEvents, RunStatus } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import { lentStore } from '../../core/lent-store.js'
import { failed, final, type Outcome, ok, unknown } from '../../core/outcome.js'
import { traceparentOf } from '../../core/traceparent.js'
import { charge, remainder } from '../../resilience/budget.js'
import { type Agent, toolNamed } from '../agent.js'
import { insist } from '../insist.js'
import { Fenced } from '../journal.js'
import type { Ports, Run, Within } from '../run.js'
import type { RunRequest, RunResult } from '../run-session.js'
import type { CallState, Handlers, RunState } from '../state.js'
import type { AnyTool } from '../tool.js'
import type { Subagent } from './subagent.js'

/** How the tool of a subagent has its task done; undefined for every other tool. */
export const delegateOf = (run: Run, call: CallState, { subagent }: AnyTool): { delegate?: unknown } =>
  subagent ? { delegate: (task: string) => delegate(run, call, subagent, task) } : {}

async function delegate(run: Run, call: CallState, subagent: Subagent, task: string): Promise<Json> {
  const path = rootOf(run, call.intent.call)
  await run.journal.append(() => (run.state.children.has(path) ? [] : [started(run, path, call, subagent, task)]))
  const [result, deeds] = await finish(run, run.state.children.get(path)!, subagent)
  const outcome = run.parts.reportOf(result, deeds)
  if (outcome.kind === 'ok') return outcome.value
  throw new Unanswered(outcome)
}

/** A call that is made again goes on with the child of the first. */
function rootOf(run: Run, path: string): string {
  const earlier = run.state.calls.get(path)?.intent.reissueOf
  return earlier === undefined ? path : rootOf(run, earlier)
}

/** Runs the child to its end, whatever its log holds, and writes that end once. A cancelled parent cancels it; one that was overtaken takes it along at once. */
async function finish(run: Run, child: Child, subagent: Subagent, stops = false): Promise<readonly [RunResult, Deeds]> {
  const { start } = child
  const { live, journal, ports, state } = run
  const stop = new AbortController()
  const overtaken = new AbortController()
  ports.overtaken?.throwIfAborted()
  const waiting = { abandon: () => overtaken.abort(new Fenced(run.session)), cancel: () => stop.abort() }
  if (stops || state.cancelled) stop.abort()
  live.add(waiting)
  try {
    const request = { cancel: stop.signal, ...requestOf(run, child, subagent) }
    const member = memberOf(run, child, subagent)
    const [result, deeds] = await within(run)(start.session, member, async (outside) => {
      const { signal } = overtaken
      const under = { ...outside, overtaken: signal, store: lentStore(outside.store, () => signal.throwIfAborted()) }
      const ended = await toTheEnd(run, member, request, under)
      const { events } = await insist({ clock: under.clock, live }, () => under.store.read(start.session))
      return [ended, deedsOf(events)] as const
    })
    const { reason, text } = result
    const end = { session: start.session, reason, output: digest(text), tokens: deeds.tokens }
    const status = result.status as RunStatus
    await journal.append(() => (child.end ? [] : [{ type: 'subagent-end', call: start.call, status, ...end }]))
    return [result, deeds]
  } finally {
    live.delete(waiting)
  }
}

const within = ({ ports }: Run): Within => ports.child ?? ((_session, _agent, body) => body(ports))

/** Nobody outside answers a child: one that waits for a person is stopped. */
async function toTheEnd(run: Run, member: Agent<any>, request: RunRequest, ports: Ports): Promise<RunResult> {
  const result = await run.inside(member, request, ports)
  if (result.status !== 'waiting') return result
  const stopped = await run.inside(member, { ...request, cancel: AbortSignal.abort() }, ports)
  return { ...stopped, reason: 'waits-for-people' }
}

/** Of what was said only whole turns go along, so that calls and results still pair; the instructions stay. */
function requestOf(run: Run, { start }: Child, { shows }: Subagent) {
  const traceparent = traceparentOf(run.trace, run.session, start.call)
  const said = run.state.messages.filter(({ role }) => role !== 'system')
  const history = shows && run.parts.unitsOf(said).flatMap((turn) => (shows(turn) ? turn : []))
  return { session: start.session, prompt: start.task, traceparent, history }
}

/** Before a run ends, every child it started has: what a crash or the end of its time left open is stopped. */
export const endChildren = (run: Run): Promise<void> =>
  forOpen(run, (child, subagent) => finish(run, child, subagent, true))

/** A run that takes a log over takes those of its children too: who ran them before, if they live, write nothing more. */
export const takeChildren = (run: Run): Promise<void> =>
  forOpen(run, (child, subagent) => {
    const { session } = child.start
    return within(run)(session, memberOf(run, child, subagent), ({ store }) => insist(run, () => store.open(session)))
  })

async function forOpen(run: Run, body: (child: Child, subagent: Subagent) => Promise<unknown>): Promise<void> {
  for (const child of run.state.children.values()) {
    const subagent = toolNamed(run.agent, child.start.tool)?.subagent
    if (!child.end && subagent) await body(child, subagent)
  }
}

/** What the log of a child says of its cost and its effects. */
export interface Deeds {
  readonly tokens: number
  /** A write was begun and nothing says that it was undone. */
  readonly hasEffects: boolean
}

/** An end that is no answer may have left effects behind: then nobody may say that nothing happened. */
export function reportOf({ status, reason, text }: RunResult, { hasEffects }: Deeds): Outcome<Json> {
  if (status === 'completed' && text !== '') return ok({ answer: text })
  const cause = status === 'completed' ? 'it ended without an answer' : `it ended as ${status} (${reason})`
  return (hasEffects ? unknown : failed)(final('permanent', `no answer of the subagent: ${cause}`))
}

function deedsOf(log: readonly LogEvent[]): Deeds {
  let tokens = 0
  const begun = new Set<string>()
  const writes = new Set<string>()
  for (const event of log) {
    if (event.type === 'model-call-end') tokens += event.usage.inputTokens + event.usage.outputTokens
    if (event.type === 'subagent-end') tokens += event.tokens
    if (event.type === 'batch-open') for (const one of event.calls) if (one.effect !== 'read') writes.add(one.call)
    if (event.type === 'attempt-start' && writes.has(event.call)) begun.add(event.call)
    if (event.type === 'call-settled' && event.outcome === 'failed') begun.delete(event.call)
    if (event.type === 'compensation-end' && event.outcome === 'ok') begun.delete(event.call)
  }
  return { tokens, hasEffects: begun.size > 0 }
}

/** How `execute` of a subagent's tool hands over an outcome that is no answer. */
export class Unanswered extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super('the subagent gave no answer')
    this.outcome = outcome
  }
}

export interface Child {
  readonly start: LogEvents['subagent-start']
  end: LogEvents['subagent-end'] | undefined
}

export const teamHandlers: Handlers<'subagent-start' | 'subagent-end'> = {
  'subagent-start': (state, start) => {
    state.children.set(start.call, { start, end: undefined })
    if (state.spending) state.spending.tokens = charge(state.spending.tokens, -(start.tokens ?? 0), 0)
  },
  'subagent-end': (state, end) => {
    const child = state.children.get(end.call)
    if (!child || child.end) return
    child.end = end
    state.tokens += end.tokens
    if (state.spending) state.spending.tokens = charge(state.spending.tokens, child.start.tokens ?? 0, end.tokens)
  },
}

/** An equal share, among the delegations of the batch that have not begun, of what is left; undefined: no bound. */
function shareOf(state: RunState, agent: Agent<unknown>): number | undefined {
  const open = [...state.children.values()].filter(({ end }) => !end)
  const reserved = open.reduce((sum, { start }) => sum + (start.tokens ?? 0), 0)
  const { tokens = Number.POSITIVE_INFINITY } = agent.limits
  const affordable = state.spending ? remainder(state.spending.tokens) : Number.POSITIVE_INFINITY
  const left = Math.min(affordable, Math.max(0, tokens - state.tokens - reserved))
  if (left === Number.POSITIVE_INFINITY) return undefined
  const names = new Set(agent.tools.flatMap(({ name, subagent }) => (subagent ? [name] : [])))
  const waiting = state.batch?.calls.filter(
    ({ intent, phase }) => phase !== 'settled' && names.has(intent.tool) && !state.children.has(intent.call),
  )
  return Math.floor(left / Math.max(1, waiting?.length ?? 1))
}

function started(run: Run, path: string, call: CallState, subagent: Subagent, task: string): LogEvent {
  const { state, agent, session } = run
  const share = shareOf(state, agent)
  const tokens = share === undefined ? subagent.tokens : Math.min(share, subagent.tokens ?? share)
  const timeMs = Math.max(0, Math.min(subagent.agent.limits.timeMs, state.deadline - run.clock.now()))
  const child = { call: path, tool: call.intent.tool, session: `${session}/${path}`, task, timeMs }
  return { type: 'subagent-start', ...child, ...(tokens === undefined ? {} : { tokens }) }
}

/** Within its rights and its share. */
function memberOf(run: Run, { start: { tokens, timeMs } }: Child, subagent: Subagent): Agent<any> {
  const agent = run.parts.narrowed(subagent, run.agent)
  const { limits, budget } = agent
  if (tokens === undefined) return { ...agent, limits: { ...limits, timeMs } }
  const least = Math.min(tokens, limits.tokens ?? tokens)
  const spending = { ...budget, tokens: Math.min(least, budget?.tokens ?? least) }
  return { ...agent, limits: { ...limits, timeMs, tokens: least }, budget: spending }
}
