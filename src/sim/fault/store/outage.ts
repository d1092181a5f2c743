/** The store is away for a while: whatever is asked of it is refused until it is back, at the latest when the storm ends. */

import type { FaultDefinition } from '../fault.js'
import { storeFault } from '../store-fault.js'

/** `ms`: an instant, as long as a writer insists, longer than that, and for as long as the storm lasts. */
export const outage = {
  ...storeFault,
  name: 'store/outage',
  says: 'The store is unavailable for a while: it refuses everything, and writes nothing.',
  parameters: { ms: ['5000', '1', '10000', '30000', '3600000'] },
} as const satisfies FaultDefinition
