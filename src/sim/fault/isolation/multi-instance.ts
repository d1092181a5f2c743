/** The agent is deployed more than once: its other instances work for other users in processes of their own, on the same store. */

import type { FaultDefinition } from '../fault.js'

export const multiInstance: FaultDefinition = {
  name: 'isolation/multi-instance',
  says: 'Other instances of the agent work in processes of their own; what all sessions share lies in the one store.',
  family: 'isolation',
  tolerated: true,
  chosenAs: 'outcome',
  // How many there are in all.
  parameters: { n: ['2', '3', '5'] },
}
