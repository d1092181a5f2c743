/** Mutants of what is tried again, and when. */

import { withParts } from '../agent/agent.js'
import { retry } from '../resilience/retry.js'
import type { Mutant } from './mutant.js'

export const retryMutants: readonly Mutant[] = [
  {
    name: 'retry-after-raw',
    breaks:
      'The wait is Retry-After as a raw number of milliseconds: seconds shrink, and without one there is no wait.',
    killedBy: ['retry-discipline'],
    change: (agent) =>
      withParts(agent, {
        retry: (policy, failed, now, retryable) => {
          const decision = retry(policy, failed, now, retryable)
          const seconds = (failed.error.afterMs ?? 0) / 1000
          return decision.kind === 'again' ? { kind: 'again', delayMs: seconds } : decision
        },
      }),
  },
  {
    name: 'retry-everything',
    breaks: 'Every class of error is tried again, also those that no try can mend.',
    killedBy: ['retry-discipline'],
    change: (agent) => withParts(agent, { retryable: () => true }),
  },
  {
    name: 'retry-never-engages',
    breaks: 'No failure is tried again, as the retry waits for a throw that never comes.',
    killedBy: ['retry-discipline'],
    change: (agent) => withParts(agent, { retryable: () => false }),
  },
]
