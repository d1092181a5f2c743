/** The user says something more before the turn is over. */

import type { LogEvent } from '../../../core/event.js'
import type { FaultDefinition } from '../fault.js'

interface Moment {
  readonly type: LogEvent['type']
  /** How long after that. */
  readonly afterMs: number
}

/** What the run is at when the user speaks, and how its log tells that it has begun. */
export const speakingMoments: Readonly<Record<string, Moment>> = {
  'in-batch': { type: 'attempt-start', afterMs: 50 },
  'while-pending': { type: 'run-waiting', afterMs: 500 },
  'in-stream': { type: 'model-call-start', afterMs: 500 },
}

export const midTurnMessage: FaultDefinition = {
  name: 'user/mid-turn-message',
  says: 'The user says something more before the turn is over: while a tool works, while the model answers, or while the run waits.',
  family: 'user',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { at: Object.keys(speakingMoments), which: ['1', '2', '3'] },
}
