/** The user sends the same message twice: the second comes while the first is being worked on. */

import type { FaultDefinition } from '../fault.js'

export const doubleSubmit: FaultDefinition = {
  name: 'user/double-submit',
  says: 'The user submits the same task twice: its session is run a second time beside the first.',
  family: 'user',
  tolerated: true,
  chosenAs: 'outcome',
  // In the third the first tools are at work.
  parameters: { gap: ['0', '1', '1050', '60000'] },
}
