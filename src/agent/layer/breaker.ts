/** Hands the breaker of the tool to the layers below: it is asked before every attempt, and counts attempts. */

import type { LogEvent } from '../../core/event.js'
import { type BreakerState, healthOf } from '../../resilience/breaker.js'
import { attemptName, breakerKey, breakerOf } from '../fold-breaker.js'
import type { Gate, Layer, Work } from './layer.js'

export const breaker: Layer = (next) => async (work) => {
  const gate = gateOf(work)
  return { ...(await next({ ...work, gate })), gate }
}

function gateOf({ run, call, tool }: Work): Gate {
  const { agent, parts, ports, state } = run
  const path = call.intent.call
  const moved = (from: BreakerState, to: BreakerState, at: number): readonly LogEvent[] =>
    from.kind === to.kind ? [] : [movedEvent(tool.name, from, to, at)]
  return {
    admit: () => {
      const at = ports.clock.now()
      const current = breakerOf(state, tool.name)
      const name = attemptName(path, call.attempts + 1)
      const [next, verdict] = parts.admitAttempt(agent.breaker, current, name, at)
      return verdict === 'admitted' ? moved(current, next, at) : undefined
    },
    count: (outcome) => {
      const at = ports.clock.now()
      const current = breakerOf(state, tool.name)
      const attempt = attemptName(path, call.attempts)
      const ended = { attempt, generation: call.generation, health: healthOf(outcome) }
      return moved(current, parts.countAttempt(agent.breaker, current, ended, at), at)
    },
  }
}

const movedEvent = (tool: string, from: BreakerState, to: BreakerState, at: number): LogEvent => ({
  type: 'breaker-moved',
  key: breakerKey(tool),
  from: from.kind,
  to: to.kind,
  failures: to.failures,
  at,
})
