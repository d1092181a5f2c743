/** The agent works for several users at once: other sessions of it go on in the same process, each with the same task and data of its own. */

import type { FaultDefinition } from '../fault.js'

export const concurrentSessions: FaultDefinition = {
  name: 'isolation/concurrent-sessions',
  says: 'Other sessions of the same agent go on beside the run, in the same process, each for a user with data of its own.',
  family: 'isolation',
  tolerated: true,
  chosenAs: 'outcome',
  // How many there are in all.
  parameters: { n: ['2', '3', '5'] },
}
