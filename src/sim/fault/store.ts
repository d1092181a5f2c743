/** Faults of the store an agent keeps its log in. */

import type { FaultDefinition } from './fault.js'
import { outage } from './store/outage.js'
import { staleRead } from './store/stale-read.js'
import { storeFault } from './store-fault.js'

export const storeFaults: readonly FaultDefinition[] = [
  { ...storeFault, name: 'store/fail', says: 'The store refuses: nothing was written.' },
  { ...storeFault, name: 'store/lost-acknowledgement', says: 'It was written, and the acknowledgement is lost.' },
  outage,
  staleRead,
  { ...storeFault, name: 'store/slow', chosenAs: 'time', says: 'The store answers slowly.' },
]
