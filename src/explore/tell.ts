/** A finding in words: its story, what it needs, and where in the user's code it happened. */

import type { AnyEvent } from '../core/event.js'
import type { Violation } from '../core/verdict.js'
import { describeDecisions } from '../report/describe.js'
import { keepMoment } from '../report/kept-moment.js'
import { tellStory } from '../report/story.js'
import type { TrialResult } from '../scenario/trial-result.js'
import type { Pair, Target, Told } from './hands.js'
import { secretsOf } from './masked.js'
import type { Lore } from './trial-port.js'

/** `result` is a replay with call sites. Undefined when it did not break the target. */
export function tell(
  result: TrialResult,
  decisions: readonly Pair[],
  target: Target,
  lore: Pick<Lore, 'sourceLine'>,
): Told | undefined {
  const violation = result.violations.find(
    ({ invariant, clause }) => invariant === target.invariant && clause === target.clause,
  )
  if (!violation) return undefined
  return {
    violation,
    also: result.violations.map(({ invariant }) => invariant).filter((name) => name !== target.invariant),
    story: tellStory(result.events, violation, result.facts),
    moment: keepMoment(result.events, violation, secretsOf(result.facts)),
    needs: describeDecisions(decisions, result.events),
    faults: faultsOf(result.events),
    where: placesOf(result.events, violation).map((at) => ({ at, line: lore.sourceLine(at) })),
    console: result.console,
    fingerprint: result.fingerprint,
  }
}

/** The kinds of fault that were planned, in the order they were met. */
const faultsOf = (events: readonly AnyEvent[]): readonly string[] => [
  ...new Set(events.flatMap((event) => (event.type === 'fault-planned' ? [event.fault] : []))),
]

/** Call sites of the witness; where it has none, those of the requests of its calls. */
function placesOf(events: readonly AnyEvent[], violation: Violation): readonly string[] {
  const witness = new Set([...violation.witness, violation.seq])
  const direct = places(events.filter(({ seq }) => witness.has(seq)))
  if (direct.length > 0) return direct
  const calls = new Set(events.flatMap((event) => (witness.has(event.seq) ? callsOf(event) : [])))
  return places(events.filter((event) => callsOf(event).some((call) => calls.has(call))))
}

const places = (events: readonly AnyEvent[]): readonly string[] => [
  ...new Set(events.flatMap((event) => ('where' in event && event.where !== undefined ? [event.where] : []))),
]

const callsOf = (event: AnyEvent): readonly string[] =>
  'call' in event && event.call !== undefined ? [event.call] : []
