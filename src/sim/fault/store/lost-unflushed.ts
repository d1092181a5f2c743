/** What a dead process had asked to be written lay in a buffer: it is gone. What was acknowledged is never lost. */

import type { FaultDefinition } from '../fault.js'
import { storeFault } from '../store-fault.js'

export const lostUnflushed = {
  ...storeFault,
  name: 'store/lost-unflushed',
  says: 'A write that was not acknowledged when its process died is lost, where it would have been made.',
} as const satisfies FaultDefinition
