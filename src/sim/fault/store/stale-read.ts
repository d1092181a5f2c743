/** A read, or who opens the log to write, is answered by a copy that lags behind: the log as it was some appends ago. */

import type { FaultDefinition } from '../fault.js'
import { storeFault } from '../store-fault.js'

export const staleRead = {
  ...storeFault,
  name: 'store/stale-read',
  says: 'The log is shown as it was some appends ago.',
  parameters: { behind: ['1', '2', 'all'] },
} as const satisfies FaultDefinition
