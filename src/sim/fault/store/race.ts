/** Several runners come to one session in one instant: each opens its log, and the last to do so owns it. */

import type { FaultDefinition } from '../fault.js'
import { storeFault } from '../store-fault.js'

/** `runners`: all of them. */
export const race = {
  ...storeFault,
  name: 'store/race',
  says: 'Several runners open the log of the run in one instant.',
  parameters: { runners: ['2', '3', '8'] },
} as const satisfies FaultDefinition
