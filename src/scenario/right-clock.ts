/** What a trial with a wrong wall clock is compared with: the same trial, every decision of it, with that clock right. */

import type { AnyEvent } from '../core/event.js'
import type { CameOut } from '../core/world-event.js'
import type { Decision } from '../kernel/tape.js'
import type { TrialResult } from './trial-result.js'

/** A wait until a date is one that only the wall clock can measure. */
const dates: ReadonlySet<string> = new Set(['date', 'past'])

/** Whether the agent looked at a clock that had been set, and came to an end by itself. One that is wrong all along shows the same spans. */
export const wentByWrongClock = ({ ending, events, decisions }: TrialResult): boolean =>
  isOver(ending) && events.some(isMisled) && !decisions.some(asksForDate)

export const isOver = (ending: TrialResult['ending']): boolean => ending === 'rest' || ending === 'deadlock'

const isMisled = (event: AnyEvent): boolean => event.type === 'fault-landed' && event.fault === 'clock/jump'

const asksForDate = ({ kind, alternative }: Decision): boolean => kind === 'parameter' && dates.has(alternative)

/** How the run ended, and how often each service was made to do something: what no clock may change. */
export function cameOut({ status, reason, events }: TrialResult): CameOut {
  const effects: Record<string, number> = {}
  for (const event of events) {
    if (event.type !== 'effect-applied') continue
    const name = `${event.backend}.${event.operation}`
    effects[name] = (effects[name] ?? 0) + 1
  }
  return { status, reason, effects }
}
