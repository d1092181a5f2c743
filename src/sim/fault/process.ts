/** Faults of the process an agent runs in. */

import type { FaultDefinition } from './fault.js'
import { pause } from './process/pause.js'
import { redeliver } from './process/redeliver.js'
import { replayPerStep } from './process/replay-per-step.js'
import { shutdown } from './process/shutdown.js'
import { zombie } from './process/zombie.js'
import { processFault } from './process-fault.js'

export const crashBefore = 'process/crash-before-effect'
export const crashAfter = 'process/crash-after-effect'

/** What may befall a process while it waits for the answer to a request, which comes all the same. */
export const troublesOfProcess: readonly FaultDefinition[] = [redeliver, zombie, pause, shutdown]

export const processFaults: readonly FaultDefinition[] = [
  {
    ...processFault,
    name: crashBefore,
    says: 'The process dies before its request takes effect; a new one resumes from the log.',
  },
  {
    ...processFault,
    name: crashAfter,
    says: 'The process dies after the effect and before it learns of it; a new one resumes from the log.',
  },
  ...troublesOfProcess,
  replayPerStep,
]
