/** Hands the breaker of the tool to the layers below: it is asked before every attempt, and counts attempts or calls. */

import type { LogEvent, LogEvents } from '../../core/event.js'
import type { Outcome } from '../../core/outcome.js'
import type { BreakerState, SharedBreaker } from '../../resilience/breaker.js'
import { askShared, closedBreaker, healthOf, sharedBreaker, tellShared } from '../../resilience/breaker.js'
import { type Agent, toolNamed } from '../agent.js'
import { updateCell } from '../insist.js'
import type { Rules } from '../parts.js'
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

function ownGate({ run, call, tool }: Work): Gate {
  const { agent, clock, parts, state } = run
  const key = breakerKey(agent, tool.name)
  const nameOf = (attempt: number): string => attemptName(agent, call.intent.call, attempt)
  return {
    admit: () => {
      const at = clock.now()
      const current = breakerOf(state, key)
      const [next, verdict] = parts.admitAttempt(agent.breaker, current, nameOf(call.attempts + 1), at)
      return verdict === 'admitted' ? moved(key, current, next, at) : undefined
    },
    resetsInMs: () => breakerOf(state, key).openedAt + agent.breaker.resetMs - clock.now(),
    count: (outcome) => {
      const at = clock.now()
      const current = breakerOf(state, key)
      const ended = { attempt: nameOf(call.attempts), generation: call.generation, health: healthOf(outcome) }
      return moved(key, current, parts.countAttempt(agent.breaker, current, ended, at), at)
    },
  }
}

/** What a probe may need beyond its time limit until its end is told. */
const graceMs = 10_000

function sharedGate({ run, call, tool }: Work): Gate {
  const { agent, parts, session } = run
  const key = breakerKey(agent, tool.name)
  const nameOf = (attempt: number): string => `${session}/${attemptName(agent, call.intent.call, attempt)}`
  let isAdmitted = false
  let generation = 0
  let resetsInMs = 0
  let moves: readonly LogEvent[] = []
  const update = (change: (before: SharedBreaker, at: number) => SharedBreaker): Promise<void> =>
    updateCell(run, `breaker/${key}`, (value, at) => {
      const before = sharedBreaker(value)
      const after = change(before, at)
      generation = after.generation
      resetsInMs = after.openedAt + agent.breaker.resetMs - at
      moves = moved(key, before, after, at)
      return [after === before ? undefined : after, undefined]
    })
  return {
    ask: () => {
      const name = nameOf(call.attempts + 1)
      const admit = (state: BreakerState, at: number) => parts.admitAttempt(agent.breaker, state, name, at)
      return update((before, at) => {
        const [after, verdict] = askShared(admit, before, at, parts.timeoutOf(tool) + graceMs)
        isAdmitted = verdict === 'admitted'
        return after
      })
    },
    admit: () => (isAdmitted ? moves : undefined),
    generation: () => generation,
    resetsInMs: () => resetsInMs,
    tell: (outcome) => {
      const attempt = nameOf(call.attempts)
      const ended = { attempt, generation: call.generation, health: healthOf(outcome) }
      return update((before, at) =>
        tellShared((state) => parts.countAttempt(agent.breaker, state, ended, at), before, attempt),
      )
    },
    count: () => moves,
  }
}

/** Breakers are kept under `tool/<name>`, or under what several tools depend on. */
function breakerKey(agent: Agent<unknown>, tool: string): string {
  const dependency = toolNamed(agent, tool)?.dependency
  return dependency === undefined ? `tool/${tool}` : `dependency/${dependency}`
}

const breakerOf = (state: RunState, key: string): BreakerState => state.breakers.get(key) ?? closedBreaker

/** The name under which a breaker knows an attempt, or a call where it counts those. */
const attemptName = ({ breaker }: Agent<unknown>, call: string, attempt: number): string =>
  breaker.countUnit === 'call' ? call : `${call}/a${attempt}`

/** The record of a move; none where it stayed what it was. */
const moved = (key: string, from: BreakerState, to: BreakerState, at: number): readonly LogEvent[] =>
  from.kind === to.kind ? [] : [{ type: 'breaker-moved', key, from: from.kind, to: to.kind, failures: to.failures, at }]

/** An attempt started: while half-open it is the probe. */
export function startedUnder(state: RunState, call: CallState, { agent }: Rules, generation?: number): void {
  const key = breakerKey(agent, call.intent.tool)
  const breaker = breakerOf(state, key)
  call.generation = generation ?? breaker.generation
  if (agent.breaker.shared || breaker.kind !== 'half-open' || breaker.probe !== undefined) return
  state.breakers.set(key, { ...breaker, probe: attemptName(agent, call.intent.call, call.attempts) })
}

/** An attempt or a call ended. A move it causes is an event of its own: what stays here is the count and the probe's place. */
export function countEnd(state: RunState, call: CallState, rules: Rules, unit: 'attempt' | 'call', end: Outcome): void {
  const { agent, parts } = rules
  const { shared, countUnit = 'attempt' } = agent.breaker
  if (shared || countUnit !== unit || call.attempts === 0) return
  const key = breakerKey(agent, call.intent.tool)
  const breaker = breakerOf(state, key)
  const attempt = attemptName(agent, call.intent.call, call.attempts)
  const ended = { attempt, generation: call.generation, health: healthOf(end) }
  const next = parts.countAttempt(agent.breaker, breaker, ended, breaker.openedAt)
  if (next.kind === breaker.kind && next !== breaker) state.breakers.set(key, next)
}

export function moveBreaker(state: RunState, event: LogEvents['breaker-moved']): void {
  const generation = (state.breakers.get(event.key) ?? closedBreaker).generation + 1
  const openedAt = event.to === 'open' ? event.at : 0
  state.breakers.set(event.key, { kind: event.to, failures: event.failures, openedAt, generation, probe: undefined })
}
