/** Faults of what bounds an agent, of what it keeps its conversation small with, and of what it remembers. */

import { injectionParameters } from '../injected-text.js'
import type { FaultDefinition } from './fault.js'

const outcome = { family: 'context', tolerated: true, chosenAs: 'outcome' } as const

export const summaryFault: FaultDefinition = {
  ...outcome,
  name: 'context/summary-fail',
  says: 'The summariser throws, or gives something that is no summary: nothing, an error object, a page of HTML.',
  parameters: { kind: ['error', 'empty', 'error-text', 'page'] },
}

export const trim: FaultDefinition = {
  ...outcome,
  name: 'context/trim',
  says: 'The window of the model is smaller than the agent was made for.',
  parameters: { share: ['3/4', '1/2', '1/4'] },
}

export const budgetExhaust: FaultDefinition = {
  ...outcome,
  name: 'context/budget-exhaust',
  says: 'The agent may take fewer turns, fewer tokens or less time than its task takes.',
  parameters: { kind: ['turns', 'tokens', 'time'], turn: ['2', '1', '3'] },
}

export const oversizeRequest: FaultDefinition = {
  ...outcome,
  name: 'context/oversize-request',
  says: 'The first model call never fits into the budget, or the whole run into what it shares with others.',
  parameters: { bound: ['budget', 'pool'] },
}

export const contaminate: FaultDefinition = {
  ...outcome,
  name: 'context/contaminate',
  says: 'A result that the model was shown turns out to be wrong, and is withdrawn.',
  parameters: { turn: ['1', '2', '3'] },
}

export const memoryPoison: FaultDefinition = {
  ...outcome,
  name: 'context/memory-poison',
  says: 'A memory that outlives sessions holds what somebody else wrote: it tells the model what to do.',
  parameters: injectionParameters,
}

export const episodicPoison: FaultDefinition = {
  ...outcome,
  name: 'context/episodic-poison',
  says: 'What an agent concludes from its own session is what somebody else would have it remember: it tells the model what to do.',
  parameters: injectionParameters,
}

export const contextFaults: readonly FaultDefinition[] = [
  summaryFault,
  trim,
  budgetExhaust,
  oversizeRequest,
  contaminate,
  memoryPoison,
  episodicPoison,
]
