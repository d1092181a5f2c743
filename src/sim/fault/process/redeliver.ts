/** The host, or a queue, has the run started again while it still goes on: two of them have one log. */

import type { FaultDefinition } from '../fault.js'
import { processFault } from '../process-fault.js'

/** `ms`: how long after the request was sent. */
export const redeliver = {
  ...processFault,
  name: 'process/redeliver',
  says: 'The same run is started once more while it goes on; the one that was there before never ends of itself.',
  parameters: { ms: ['0', '1000', '60000'] },
} as const satisfies FaultDefinition
