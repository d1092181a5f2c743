/** Faults of whoever is told what an agent does. */

import type { FaultDefinition } from './fault.js'

export const sinkThrows = 'observability/sink-throw'
const causes = ['throws', 'rejects', 'no-error'] as const

const outcome = { family: 'observability', tolerated: true, chosenAs: 'outcome' } as const

export const sinkFaults: readonly FaultDefinition[] = [
  {
    ...outcome,
    name: sinkThrows,
    says: 'A sink of log lines fails at every line until the storm is over: it throws, rejects, or throws what is no error.',
    parameters: { cause: causes },
  },
  {
    ...outcome,
    name: 'observability/sink-slow',
    says: 'A sink of log lines takes a minute for every line until the storm is over.',
    parameters: {},
  },
]
