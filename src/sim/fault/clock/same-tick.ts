/** Several things happen in one instant: no timestamp tells which came first. */

import { clockFault } from '../clock-fault.js'
import type { FaultDefinition } from '../fault.js'

/** `events`: how many answers come in the instant in which they are asked for. */
export const sameTick = {
  ...clockFault,
  name: 'clock/same-tick',
  says: 'Both clocks stand still while several answers come: what happens then has one timestamp.',
  parameters: { events: ['2', '5', '20'] },
} as const satisfies FaultDefinition
