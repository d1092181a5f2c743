/** What would have become of a run otherwise: its log up to a turn, for another run to go on from. */

import { StormproofError } from './error.js'
import type { LogEvent } from './event.js'

export interface Change {
  /** The session of the fork. Its keys are new ones: what it does, it does anew. */
  readonly session: string
  readonly prompt?: string
  readonly instructions?: string
}

/**
 * The log of another run, up to where `turn` began: append it to an empty session and run that, with another model or the
 * same, to see what would have come. Throws a `config` error for a turn the log does not have.
 */
export function forkAt(log: readonly LogEvent[], turn: number, change: Change): readonly LogEvent[] {
  const from = log.findIndex((event) => 'turn' in event && event.turn === turn)
  if (from < 0) {
    throw new StormproofError('config', `the log has no turn ${turn}`, {
      remedy: 'ask for a turn that the run reached',
    })
  }
  return log.slice(0, from).map((event) => (event.type === 'run-start' ? { ...event, ...change } : event))
}
