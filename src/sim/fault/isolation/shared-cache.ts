/** Whatever the process keeps of results, others have filled it before the run reads: other users, with the same questions and data of their own. */

import type { FaultDefinition } from '../fault.js'

export const sharedCache: FaultDefinition = {
  name: 'isolation/shared-cache',
  says: 'Sessions of other users have read the same before: what the process keeps of results, they have filled.',
  family: 'isolation',
  tolerated: true,
  chosenAs: 'outcome',
  // How many there are in all, and how long the run begins after the others.
  parameters: { n: ['2', '3', '5'], after: ['5000', '2500'] },
}
