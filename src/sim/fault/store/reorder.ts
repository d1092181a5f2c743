/** Of two writes to different logs or cells the one that was asked for later is made first. */

import type { FaultDefinition } from '../fault.js'
import { storeFault } from '../store-fault.js'

export const reorder = {
  ...storeFault,
  name: 'store/reorder',
  says: 'A write is held back while another one, of another log or cell, passes it.',
  chosenAs: 'hold',
} as const satisfies FaultDefinition
