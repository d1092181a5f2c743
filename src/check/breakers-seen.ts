/** The breakers of a run as its history tells them: what they must have been at every event. */

import type { EventOf } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { ErrorClass } from '../core/outcome.js'
import type { Judge, Judgement } from './judgement.js'

export interface BreakerSeen {
  kind: 'closed' | 'open' | 'half-open'
  /** Counted failures in a row. */
  failures: number
  openedAt: number
  generation: number
  probe: string | undefined
  /** The last probe whose end moved nothing, and when its place was freed. */
  freed: { readonly probe: string; readonly vt: number } | undefined
  /** The move that the last counted end demands, and where that end stands. */
  due: { readonly to: 'open' | 'closed'; readonly seq: number } | undefined
  /** The last move. */
  seq: number
}

export interface BreakersSeen {
  readonly facts: Facts
  readonly breakers: Map<string, BreakerSeen>
  /** Generation under which an attempt started. */
  readonly attempts: Map<string, number>
  /** A breaker moved, or had to; and a call came to one that was not closed. */
  moved: boolean
  asked: boolean
}

export const noBreakers = (facts: Facts): BreakersSeen => ({
  facts,
  breakers: new Map(),
  attempts: new Map(),
  moved: false,
  asked: false,
})

/** A run begins with breakers that know of nothing. */
export function startAgain(state: BreakersSeen, _event: EventOf<'run-start'>, judge: Judge): Judgement {
  state.breakers.clear()
  state.attempts.clear()
  return judge.skip
}

export const attemptName = ({ call, attempt }: { readonly call: string; readonly attempt: number }): string =>
  `${call}/a${attempt}`

/** The breaker of a tool. */
export function breakerOfTool({ facts, breakers }: BreakersSeen, tool: string): BreakerSeen {
  const dependency = facts.tools.find((one) => one.name === tool)?.dependency
  return breakerAt(breakers, dependency === undefined ? `tool/${tool}` : `dependency/${dependency}`)
}

export function breakerAt(breakers: BreakersSeen['breakers'], key: string): BreakerSeen {
  let seen = breakers.get(key)
  if (!seen) {
    seen = {
      kind: 'closed',
      failures: 0,
      openedAt: 0,
      generation: 0,
      probe: undefined,
      freed: undefined,
      due: undefined,
      seq: 0,
    }
    breakers.set(key, seen)
  }
  return seen
}

/** These say nothing about the health of a service. */
const neutral: ReadonlySet<ErrorClass> = new Set<ErrorClass>([
  'invalid-args',
  'unknown-tool',
  'permanent',
  'refused',
  'breaker-open',
  'cancelled',
])

/** Counts the end of an attempt; ends of attempts that began under an earlier generation count nothing. */
export function takeEnd(seen: BreakersSeen, event: EventOf<'attempt-end'>): void {
  const breaker = breakerOfTool(seen, event.tool)
  const name = attemptName(event)
  if (seen.attempts.get(name) !== breaker.generation || breaker.kind === 'open') return
  const isNeutral = event.outcome !== 'ok' && event.error !== undefined && neutral.has(event.error.class)
  if (breaker.kind === 'half-open') {
    if (name !== breaker.probe) return
    breaker.probe = undefined
    if (isNeutral) breaker.freed = { probe: name, vt: event.vt }
    else breaker.due = { to: event.outcome === 'ok' ? 'closed' : 'open', seq: event.seq }
  } else if (!isNeutral) {
    breaker.failures = event.outcome === 'ok' ? 0 : breaker.failures + 1
    if (breaker.failures >= (seen.facts.breaker?.failures ?? 0)) breaker.due = { to: 'open', seq: event.seq }
  }
}

export function takeMove(seen: BreakersSeen, event: EventOf<'breaker-moved'>): void {
  const breaker = breakerAt(seen.breakers, event.key)
  seen.moved = true
  breaker.kind = event.to
  breaker.openedAt = event.to === 'open' ? event.at : breaker.openedAt
  breaker.failures = event.to === 'closed' ? 0 : breaker.failures
  breaker.generation++
  breaker.due = breaker.probe = breaker.freed = undefined
  breaker.seq = event.seq
}
