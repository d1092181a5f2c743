/** The host stops the process: it asks every run to stop, and kills the process when its patience is over. */

import type { FaultDefinition } from '../fault.js'
import { processFault } from '../process-fault.js'

/** `grace`: how long it waits. */
export const shutdown = {
  ...processFault,
  name: 'process/shutdown',
  says: 'The host asks the run to stop, kills the process after a grace, and starts another one that resumes from the log.',
  parameters: { grace: ['0', '1000', '5000'] },
} as const satisfies FaultDefinition
