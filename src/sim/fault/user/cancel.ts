/** The user wants the run stopped while it is in the midst of something. */

import type { LogEvent } from '../../../core/event.js'
import type { FaultDefinition } from '../fault.js'

interface Moment {
  readonly type: LogEvent['type']
  /** How long after its beginning is midway. */
  readonly midwayMs: number
}

/** What the run is at when the user speaks, and how its log tells that it has begun. */
export const moments: Readonly<Record<string, Moment>> = {
  tool: { type: 'attempt-start', midwayMs: 50 },
  model: { type: 'model-call-start', midwayMs: 500 },
  backoff: { type: 'retry-scheduled', midwayMs: 500 },
  wait: { type: 'run-waiting', midwayMs: 500 },
  compensation: { type: 'compensation-start', midwayMs: 50 },
  'between-steps': { type: 'batch-commit', midwayMs: 0 },
}

export const cancel: FaultDefinition = {
  name: 'user/cancel',
  says: 'The user cancels the run: in a tool, while the model answers, while it waits, or between two steps.',
  family: 'user',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { at: Object.keys(moments), which: ['1', '2', '3'], when: ['midway', 'at-once'] },
}
