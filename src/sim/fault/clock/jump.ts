/** The wall clock is set while the agent runs; what measures time goes on. */

import { clockFault } from '../clock-fault.js'
import type { FaultDefinition } from '../fault.js'

/** `ms`: an hour back, on, the least step, a day. */
export const jump = {
  ...clockFault,
  name: 'clock/jump',
  says: 'The wall clock of the process is set back or forward; its monotonic time goes on. It is right again when the storm ends.',
  parameters: { ms: ['-3600000', '3600000', '-1', '86400000'] },
} as const satisfies FaultDefinition
