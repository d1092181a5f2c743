/** The door of a breaker that all instances share: asked in the store before an attempt, told there before its end is written. */

import type { LogEvent } from '../../core/event.js'
import { type BreakerState, healthOf } from '../../resilience/breaker.js'
import { askShared, type SharedBreaker, sharedBreaker, tellShared } from '../../resilience/shared-breaker.js'
import { attemptName, breakerKey, moved } from '../fold-breaker.js'
import { updateCell } from '../limits/shared-cell.js'
import type { Gate, Work } from './layer.js'

/** What a probe may need beyond its time limit until its end is told. */
const graceMs = 10_000

export function sharedGate({ run, call, tool }: Work): Gate {
  const { agent, parts, ports, session } = run
  const key = breakerKey(agent, tool.name)
  const nameOf = (attempt: number): string => `${session}/${attemptName(agent, call.intent.call, attempt)}`
  let isAdmitted = false
  let generation = 0
  let resetsInMs = 0
  let moves: readonly LogEvent[] = []
  const update = (change: (before: SharedBreaker, at: number) => SharedBreaker): Promise<void> =>
    updateCell(ports, `breaker/${key}`, (value, at) => {
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
