/** Mutants of what is tried again, and when. */

import { withParts } from '../agent/agent.js'
import { decide } from '../agent/decide.js'
import { outcomeOf } from '../agent/validity.js'
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
    name: 'jitter-zero',
    breaks: 'The wait is the backoff alone: all that failed in one instant come again in one instant.',
    killedBy: ['retry-discipline'],
    change: (agent) =>
      withParts(agent, {
        retry: (policy, failed, now, retryable) => retry(policy, { ...failed, jitter: 0 }, now, retryable),
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
  {
    name: 'retry-inside-retry',
    breaks: 'A failed model call is made again inside the same attempt, of which the retry around it counts one.',
    killedBy: ['retry-amplification'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          const isRetry = action.kind === 'call-model' && action.attempt > 1
          return isRetry ? { ...action, attempt: action.attempt - 1 } : action
        },
      }),
  },
  {
    name: 'wait-without-wakeup',
    breaks: 'A run whose model is rate limited is parked as waiting, with neither a timer nor a request.',
    killedBy: ['run-liveness'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          const isRetry = action.kind === 'call-model' && action.attempt > 1
          return isRetry && state.model.error?.class === 'rate-limited' ? { kind: 'wait' } : action
        },
      }),
  },
  {
    name: 'retry-counter-shared',
    breaks: 'Failures are counted for all calls together, and any success starts the count again.',
    killedBy: ['retry-discipline'],
    // One decision in two parts: what is counted, and what ends the count.
    change: (agent) => {
      let failures = 0
      return withParts(agent, {
        retry: (policy, failed, now, retryable) => {
          failures++
          return retry(policy, { ...failed, attempt: failures }, now, retryable)
        },
        outcomeOf: (ending, tool) => {
          if (ending.kind === 'returned') failures = 0
          return outcomeOf(ending, tool)
        },
      })
    },
  },
]
