/** A tool that is another one when the run goes on: what waits for it was proposed for the old one. */

import type { FaultDefinition } from '../fault.js'

export const versionChange = {
  family: 'tool',
  name: 'tool/version-change',
  says: 'While a call of it is open the process ends, and the next one has the tool in another version, with another schema, or no more.',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { change: ['version', 'schema', 'removed'] },
} as const satisfies FaultDefinition
