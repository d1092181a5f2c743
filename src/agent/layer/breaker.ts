/** Hands the breaker of the tool to the layers below: it is asked before every attempt, and counts attempts or calls. */

import type { LogEvent } from '../../core/event.js'
import { healthOf } from '../../resilience/breaker.js'
import { attemptName, breakerKey, breakerOf, moved } from '../fold-breaker.js'
import type { Answer, Gate, Layer, Work } from './layer.js'
import { sharedGate } from './shared-gate.js'

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
  const { agent, parts, ports, state } = run
  const key = breakerKey(agent, tool.name)
  const nameOf = (attempt: number): string => attemptName(agent, call.intent.call, attempt)
  return {
    admit: () => {
      const at = ports.clock.now()
      const current = breakerOf(state, key)
      const [next, verdict] = parts.admitAttempt(agent.breaker, current, nameOf(call.attempts + 1), at)
      return verdict === 'admitted' ? moved(key, current, next, at) : undefined
    },
    resetsInMs: () => breakerOf(state, key).openedAt + agent.breaker.resetMs - ports.clock.now(),
    count: (outcome) => {
      const at = ports.clock.now()
      const current = breakerOf(state, key)
      const ended = { attempt: nameOf(call.attempts), generation: call.generation, health: healthOf(outcome) }
      return moved(key, current, parts.countAttempt(agent.breaker, current, ended, at), at)
    },
  }
}
