/** The store refuses an operation, once or several times in a row. */

import type { FaultDefinition } from '../fault.js'
import { storeFault } from '../store-fault.js'

/** `times`: how many tries of this operation; ten are fewer than a writer makes before it gives up. */
export const fail = {
  ...storeFault,
  name: 'store/fail',
  says: 'The store refuses, one try of an operation or several: nothing was written.',
  parameters: { times: ['1', '3', '10'] },
} as const satisfies FaultDefinition
