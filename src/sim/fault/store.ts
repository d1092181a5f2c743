/** Faults of the store an agent keeps its log in. */

import type { FaultDefinition } from './fault.js'

const outcome = { family: 'store', tolerated: true, chosenAs: 'outcome', parameters: {} } as const

export const storeFaults: readonly FaultDefinition[] = [
  { ...outcome, name: 'store/fail', says: 'The store refuses: nothing was written.' },
  { ...outcome, name: 'store/lost-acknowledgement', says: 'It was written, and the acknowledgement is lost.' },
  { ...outcome, name: 'store/slow', chosenAs: 'time', says: 'The store answers slowly.' },
]
