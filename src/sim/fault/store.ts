/**
 * Faults of the store an agent keeps its log in. A torn append is none: by the contract of the port all events of one append become
 * durable together or not at all. A write that tears under a file store leaves a draft without a number, which the next opener sweeps
 * away: for the agent it was never made (`store/lost-unflushed`). A numbered record that is torn may have been acknowledged: it is
 * refused, and no reader may cut it off. That no load shows a part of an append is judged all the same (`checkpoint-atomic`).
 */

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
