/** Somebody writes into the log: what would be executed is not what people are asked about, or have approved. */

import type { FaultDefinition } from '../fault.js'

export const editArgs = {
  family: 'approval',
  name: 'approval/edit-args',
  says: 'While a call waits for its approval, or has it, somebody changes its arguments in the log: nobody has approved those.',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { when: ['after-decision', 'after-request'], change: ['value', 'key'], which: ['1', '2'] },
} as const satisfies FaultDefinition
