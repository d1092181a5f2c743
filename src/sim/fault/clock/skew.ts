/** The wall clock of the agent's process is not that of the servers it talks to. */

import { clockFault } from '../clock-fault.js'
import type { FaultDefinition } from '../fault.js'

export const skew = {
  ...clockFault,
  name: 'clock/skew',
  says: 'The wall clock of the process goes ahead of or behind those of everybody else until the storm ends.',
  parameters: { ms: ['5000', '-5000', '3600000', '-3600000'] },
} as const satisfies FaultDefinition
