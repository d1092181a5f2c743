/** A tool that wants to know something of the user before it does anything: its call waits, over every crash, until they answer. */

import type { FaultDefinition } from '../fault.js'

export const suspend = {
  family: 'tool',
  name: 'tool/suspend',
  says: 'A tool asks the user something before it does anything, and its call waits for the answer.',
  tolerated: true,
  chosenAs: 'outcome',
  // `which`: of the calls that could start, in the order in which they could.
  parameters: { which: ['1', '2', '3'], payload: ['question', 'form'], count: ['1', '2', '3'] },
} as const satisfies FaultDefinition
