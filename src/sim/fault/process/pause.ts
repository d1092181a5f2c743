/** The process stands still: its timers fire late, and what was sent to it waits. */

import type { FaultDefinition } from '../fault.js'
import { processFault } from '../process-fault.js'

/** `first`: what comes first when it goes on. `ms`: longer than any request may take, than one attempt of a tool, an instant, longer than a run may take. */
export const pause = {
  ...processFault,
  name: 'process/pause',
  says: 'The process stands still for a while, at the longest until the storm ends: timers, answers and limits of time come when it goes on.',
  parameters: { ms: ['60000', '31000', '1', '600000'], first: ['due', 'timers'] },
} as const satisfies FaultDefinition
