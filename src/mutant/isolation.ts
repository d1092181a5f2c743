/** Mutants of what sessions share that each must have for itself. */

import { withParts } from '../agent/agent.js'
import { resultsInCallOrder } from '../agent/batch-end.js'
import type { Mutant } from './mutant.js'

export const isolationMutants: readonly Mutant[] = [
  {
    name: 'module-level-session',
    breaks:
      'Results are kept in the module, by call: the second session to get to a call is shown what the first one got.',
    killedBy: ['session-isolation'],
    change: (agent) => {
      const results = new Map<string, string>()
      return withParts(agent, {
        resultsOf: (batch, render) =>
          resultsInCallOrder(batch, render).map((result) => {
            const content = results.get(result.call) ?? result.content
            results.set(result.call, content)
            return { ...result, content }
          }),
      })
    },
  },
]
