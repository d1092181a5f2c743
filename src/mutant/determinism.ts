/** The mutant of the ground everything stands on: chance that is no part of the run. */

import { withParts } from '../agent/agent.js'
import { retry } from '../resilience/retry.js'
import type { Mutant } from './mutant.js'

export const determinismMutants: readonly Mutant[] = [
  {
    name: 'ambient-jitter',
    breaks: 'The jitter of a retry comes from outside the run: no two runs wait equally long.',
    killedBy: ['determinism'],
    change: (agent, ambient) =>
      withParts(agent, {
        retry: (policy, failed, now, retryable) =>
          retry(policy, { ...failed, jitter: ambient(policy.jitterMs + 1) }, now, retryable),
      }),
  },
]
