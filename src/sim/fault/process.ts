/** Faults of the process an agent runs in. */

import type { FaultDefinition } from './fault.js'

const outcome = { family: 'process', tolerated: true, chosenAs: 'outcome', parameters: {} } as const

export const crashBefore = 'process/crash-before-effect'
export const crashAfter = 'process/crash-after-effect'

export const processFaults: readonly FaultDefinition[] = [
  {
    ...outcome,
    name: crashBefore,
    says: 'The process dies before its request takes effect; a new one resumes from the log.',
  },
  {
    ...outcome,
    name: crashAfter,
    says: 'The process dies after the effect and before it learns of it; a new one resumes from the log.',
  },
]
