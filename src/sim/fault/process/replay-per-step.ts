/** No process lives longer than one step of the run. */

import type { FaultDefinition } from '../fault.js'
import { processFault } from '../process-fault.js'

export const replayPerStep = {
  ...processFault,
  name: 'process/replay-per-step',
  says: 'From now on the process dies after each turn whose results it has written, and a new one resumes from the log.',
} as const satisfies FaultDefinition
