/** What the log says of the breakers: one a tool or dependency, counted by attempts or by calls. */

import type { LogEvent, LogEvents } from '../core/event.js'
import type { Outcome } from '../core/outcome.js'
import { type BreakerState, closedBreaker, healthOf } from '../resilience/breaker.js'
import { type Agent, toolNamed } from './agent.js'
import type { Rules } from './parts.js'
import type { CallState, RunState } from './state.js'

/** Breakers are kept under `tool/<name>`, or under what several tools depend on. */
export function breakerKey(agent: Agent<unknown>, tool: string): string {
  const dependency = toolNamed(agent, tool)?.dependency
  return dependency === undefined ? `tool/${tool}` : `dependency/${dependency}`
}

export const breakerOf = (state: RunState, key: string): BreakerState => state.breakers.get(key) ?? closedBreaker

/** The name under which a breaker knows an attempt, or a call where it counts those. */
export const attemptName = ({ breaker }: Agent<unknown>, call: string, attempt: number): string =>
  breaker.countUnit === 'call' ? call : `${call}/a${attempt}`

/** The record of a move; none where it stayed what it was. */
export const moved = (key: string, from: BreakerState, to: BreakerState, at: number): readonly LogEvent[] =>
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
