/** Faults of the store an agent keeps its log in. A torn append is none: see `beyond.ts`. */

import type { FaultDefinition } from './fault.js'
import { fail } from './store/fail.js'
import { lostUnflushed } from './store/lost-unflushed.js'
import { outage } from './store/outage.js'
import { race } from './store/race.js'
import { reorder } from './store/reorder.js'
import { staleRead } from './store/stale-read.js'
import { storeFault } from './store-fault.js'

export const storeFaults: readonly FaultDefinition[] = [
  fail,
  { ...storeFault, name: 'store/lost-acknowledgement', says: 'It was written, and the acknowledgement is lost.' },
  outage,
  staleRead,
  race,
  lostUnflushed,
  reorder,
  { ...storeFault, name: 'store/slow', chosenAs: 'time', says: 'The store answers slowly.' },
]
