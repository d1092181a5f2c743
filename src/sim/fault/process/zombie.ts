/** The process is taken for dead and another one is started; it goes on for a while all the same. */

import type { FaultDefinition } from '../fault.js'
import { processFault } from '../process-fault.js'

/** `ms`: how long it goes on beside the new one. */
export const zombie = {
  ...processFault,
  name: 'process/zombie',
  says: 'The process is taken for dead: another one resumes from the log, and the old one goes on for a while.',
  parameters: { ms: ['1', '1000', '60000'] },
} as const satisfies FaultDefinition
