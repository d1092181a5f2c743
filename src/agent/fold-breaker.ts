/** What the log says of the breakers: one a tool, counted by attempts. */

import type { LogEvents } from '../core/event.js'
import { type BreakerState, closedBreaker, healthOf } from '../resilience/breaker.js'
import type { Rules } from './parts.js'
import type { CallState, RunState } from './state.js'

/** Breakers are kept under `tool/<name>`. */
export const breakerKey = (tool: string): string => `tool/${tool}`

export const breakerOf = (state: RunState, tool: string): BreakerState =>
  state.breakers.get(breakerKey(tool)) ?? closedBreaker

/** The name under which a breaker knows an attempt. */
export const attemptName = (call: string, attempt: number): string => `${call}/a${attempt}`

/** An attempt started: while half-open it is the probe. */
export function startedUnder(state: RunState, call: CallState): void {
  const breaker = breakerOf(state, call.intent.tool)
  call.generation = breaker.generation
  if (breaker.kind !== 'half-open' || breaker.probe !== undefined) return
  const probe = attemptName(call.intent.call, call.attempts)
  state.breakers.set(breakerKey(call.intent.tool), { ...breaker, probe })
}

/** An attempt ended. A move it causes is an event of its own: what stays here is the count and the probe's place. */
export function countAttempt(state: RunState, call: CallState, { agent, parts }: Rules): void {
  if (!call.last) return
  const { tool, call: path } = call.intent
  const breaker = breakerOf(state, tool)
  const ended = {
    attempt: attemptName(path, call.attempts),
    generation: call.generation,
    health: healthOf(call.last),
  }
  const next = parts.countAttempt(agent.breaker, breaker, ended, breaker.openedAt)
  if (next.kind === breaker.kind && next !== breaker) state.breakers.set(breakerKey(tool), next)
}

export function moveBreaker(state: RunState, event: LogEvents['breaker-moved']): void {
  const generation = (state.breakers.get(event.key) ?? closedBreaker).generation + 1
  const openedAt = event.to === 'open' ? event.at : 0
  state.breakers.set(event.key, { kind: event.to, failures: event.failures, openedAt, generation, probe: undefined })
}
