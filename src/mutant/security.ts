/** Mutants of what keeps a steered model from doing harm. */

import { withParts } from '../agent/agent.js'
import type { Mutant } from './mutant.js'

export const securityMutants: readonly Mutant[] = [
  {
    name: 'no-trust-label',
    breaks: 'What tools, memory and errors say stands in the prompt like everything else.',
    killedBy: ['trust-boundary'],
    change: (agent) => withParts(agent, { fence: (text) => text }),
  },
  {
    name: 'guard-fails-open',
    breaks: 'A guard that fails lets its subject go on.',
    killedBy: ['trust-boundary'],
    change: (agent) => withParts(agent, { letsThrough: (verdict) => verdict !== 'block' }),
  },
  {
    name: 'grants-are-advice',
    breaks: 'What an agent was not granted runs all the same.',
    killedBy: ['authorization-scope'],
    change: (agent) => withParts(agent, { permits: () => true }),
  },
  {
    name: 'leaks-unwatched',
    breaks: 'Nobody looks for secrets in what leaves.',
    killedBy: ['secret-redaction'],
    change: (agent) => withParts(agent, { leaks: () => false }),
  },
]
