/** Faults of what an agent keeps its conversation small with. */

import type { FaultDefinition } from './fault.js'

export const summaryFault: FaultDefinition = {
  name: 'context/summary-fail',
  says: 'The summariser throws, or gives something that is no summary: nothing, an error object, a page of HTML.',
  family: 'context',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { kind: ['error', 'empty', 'error-text', 'page'] },
}
