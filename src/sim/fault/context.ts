/** Faults of what an agent keeps its conversation small with, and of what it remembers. */

import { injectionParameters } from '../injected-text.js'
import type { FaultDefinition } from './fault.js'

export const summaryFault: FaultDefinition = {
  name: 'context/summary-fail',
  says: 'The summariser throws, or gives something that is no summary: nothing, an error object, a page of HTML.',
  family: 'context',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: { kind: ['error', 'empty', 'error-text', 'page'] },
}

export const memoryPoison: FaultDefinition = {
  name: 'context/memory-poison',
  says: 'A memory that outlives sessions holds what somebody else wrote: it tells the model what to do.',
  family: 'context',
  tolerated: true,
  chosenAs: 'outcome',
  parameters: injectionParameters,
}
