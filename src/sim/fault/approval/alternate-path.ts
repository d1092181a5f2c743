/** A second way to where calls start, beside the one on which people were asked. */

import type { FaultDefinition } from '../fault.js'

export const alternatePath = {
  family: 'approval',
  name: 'approval/alternate-path',
  says: 'A call that needs approval is reached on a second way: the run is resumed while people are asked, or while it is being tried.',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { route: ['resume', 'retry'], which: ['1', '2'] },
} as const satisfies FaultDefinition
