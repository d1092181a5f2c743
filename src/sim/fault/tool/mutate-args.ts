/** A tool that writes into the object it was given. */

import type { FaultDefinition } from '../fault.js'

export const mutateArgs = {
  family: 'tool',
  name: 'tool/mutate-args',
  says: 'A tool changes the object its arguments came in: a field is another one, or gone, while the call goes on.',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { change: ['field', 'removed', 'added'] },
} as const satisfies FaultDefinition
