/** Hands the breaker of the tool to the layers below: it is asked before every attempt, and counts attempts or calls. */

import type { LogEvent, LogEvents } from '../../core/event.js'
import type { Outcome } from '../../core/outcome.js'
import type { BreakerState, SharedBreaker } from '../../resilience/breaker.js'
import { askShared, closedBreaker, healthOf, sharedBreaker, tellShared } from '../../resilience/breaker.js'
import { type Agent, toolNamed } from '../agent.js'
import { updateCell } from '../insist.js'
import type { Rules } from '../parts.js'
import type { Run } from '../run.js'
import type { CallState, RunState } from '../state.js'
import type { Answer, Gate, Layer, Work } from './layer.js'

export const breaker: Layer = (next) => async (work) => {
  const gate = gateOf(work)
  // Nobody below has a gate of their own. The spread last: after one first, V8 gives each object a hidden class of its own.
  return { gate, ...(await next({ gate, ...work })) }
}

const gateOf = (work: Work): Gate => (work.run.agent.breaker.shared ? sharedGate(work) : ownGate(work))

/** Where calls are counted: what has to be written with the end of one, made when its turn has come. */
export async function countCall(work: Work, { isAttempt, outcome }: Answer): Promise<() => readonly LogEvent[]> {
  const last = isAttempt ? outcome : work.call.last
  if (!last) return () => []
  const gate = gateOf(work)
  await gate.tell?.(last)
  return () => gate.count(last)
}

function ownGate({ run, call }: Work): Gate {
  const { agent, clock, state } = run
  const key = breakerKey(agent, call)
  return {
    admit: () => {
      const at = clock.now()
      const current = breakerOf(state, key)
      const [next, verdict] = admitNext(run, call, current, at)
      return verdict === 'admitted' ? moved(key, current, next, at) : undefined
    },
    resetsInMs: () => breakerOf(state, key).openedAt + agent.breaker.resetMs - clock.now(),
    count: (outcome) => {
      const at = clock.now()
      const current = breakerOf(state, key)
      return moved(key, current, countLast(run, call, outcome, current, at), at)
    },
  }
}

/** What a probe may need beyond its time limit until its end is told. */
const graceMs = 10_000

function sharedGate({ run, call, tool }: Work): Gate {
  const { agent, parts } = run
  const key = breakerKey(agent, call)
  let isAdmitted = false
  let seen = { generation: 0, resetsInMs: 0, moves: [] as readonly LogEvent[] }
  const update = (change: (before: SharedBreaker, at: number) => SharedBreaker): Promise<void> =>
    updateCell(run, `breaker/${key}`, (value, at) => {
      const before = sharedBreaker(value)
      const after = change(before, at)
      const resetsInMs = after.openedAt + agent.breaker.resetMs - at
      seen = { generation: after.generation, resetsInMs, moves: moved(key, before, after, at) }
      return [after === before ? undefined : after, undefined]
    })
  const admit = (state: BreakerState, at: number) => admitNext(run, call, state, at)
  return {
    ask: () =>
      update((before, at) => {
        const [after, verdict] = askShared(admit, before, at, parts.timeoutOf(tool) + graceMs)
        isAdmitted = verdict === 'admitted'
        return after
      }),
    admit: () => (isAdmitted ? seen.moves : undefined),
    generation: () => seen.generation,
    resetsInMs: () => seen.resetsInMs,
    tell: (outcome) => {
      const name = nameOf(run, call, call.attempts)
      return update((before, at) => tellShared((state) => countLast(run, call, outcome, state, at), before, name))
    },
    count: () => seen.moves,
  }
}

/** Breakers are kept under `tool/<name>`, or under what several tools depend on. */
function breakerKey(agent: Agent<unknown>, { intent: { tool } }: CallState): string {
  const dependency = toolNamed(agent, tool)?.dependency
  return dependency === undefined ? `tool/${tool}` : `dependency/${dependency}`
}

const breakerOf = (state: RunState, key: string): BreakerState => state.breakers.get(key) ?? closedBreaker

/** The breaker's rules, and whose attempts they are about where sessions share it. */
type Asking = Rules & Partial<Pick<Run, 'session'>>

/** The name under which a breaker knows an attempt, or a call where it counts those. */
function nameOf({ agent: { breaker }, session }: Asking, { intent: { call } }: CallState, attempt: number): string {
  const name = breaker.countUnit === 'call' ? call : `${call}/a${attempt}`
  return breaker.shared ? `${session}/${name}` : name
}

/** Whether the breaker lets the next attempt of the call through, and how it stands then. */
const admitNext = (rules: Asking, call: CallState, state: BreakerState, at: number) =>
  rules.parts.admitAttempt(rules.agent.breaker, state, nameOf(rules, call, call.attempts + 1), at)

/** How the breaker stands after the end of the call's last attempt. */
function countLast(rules: Asking, call: CallState, end: Outcome, state: BreakerState, at: number): BreakerState {
  const ended = { attempt: nameOf(rules, call, call.attempts), generation: call.generation, health: healthOf(end) }
  return rules.parts.countAttempt(rules.agent.breaker, state, ended, at)
}

/** The record of a move; none where it stayed what it was. */
const moved = (key: string, from: BreakerState, to: BreakerState, at: number): readonly LogEvent[] =>
  from.kind === to.kind ? [] : [{ type: 'breaker-moved', key, from: from.kind, to: to.kind, failures: to.failures, at }]

/** An attempt started: while half-open it is the probe. */
export function startedUnder(state: RunState, call: CallState, rules: Rules, generation?: number): void {
  const key = breakerKey(rules.agent, call)
  const breaker = breakerOf(state, key)
  call.generation = generation ?? breaker.generation
  if (rules.agent.breaker.shared || breaker.kind !== 'half-open' || breaker.probe !== undefined) return
  state.breakers.set(key, { ...breaker, probe: nameOf(rules, call, call.attempts) })
}

/** An attempt or a call ended. A move it causes is an event of its own: what stays here is the count and the probe's place. */
export function countEnd(state: RunState, call: CallState, rules: Rules, unit: 'attempt' | 'call', end: Outcome): void {
  const { shared, countUnit = 'attempt' } = rules.agent.breaker
  if (shared || countUnit !== unit || call.attempts === 0) return
  const key = breakerKey(rules.agent, call)
  const breaker = breakerOf(state, key)
  const next = countLast(rules, call, end, breaker, breaker.openedAt)
  if (next.kind === breaker.kind && next !== breaker) state.breakers.set(key, next)
}

export function moveBreaker(state: RunState, event: LogEvents['breaker-moved']): void {
  const generation = breakerOf(state, event.key).generation + 1
  const openedAt = event.to === 'open' ? event.at : 0
  state.breakers.set(event.key, { kind: event.to, failures: event.failures, openedAt, generation, probe: undefined })
}
