/** Mutants of breakers, rate limits and budgets. */

import { withParts } from '../agent/agent.js'
import { decide } from '../agent/decide.js'
import { limitOf, tooMany } from '../agent/limits/rate-limit.js'
import { isSpent } from '../agent/limits/spending.js'
import { longestMs } from '../core/clock.js'
import { admit, count } from '../resilience/breaker.js'
import type { Mutant } from './mutant.js'

export const boundMutants: readonly Mutant[] = [
  {
    name: 'breaker-counts-cumulative',
    breaks: 'A success does not start the count of failures again: the breaker opens after so many in all.',
    killedBy: ['breaker-safety'],
    change: (agent) =>
      withParts(agent, {
        countAttempt: (policy, state, ended, now) =>
          state.kind === 'closed' && ended.health === 'ok' ? state : count(policy, state, ended, now),
      }),
  },
  {
    name: 'probe-slot-leak',
    breaks: 'The place of a probe is freed by its success alone: after another end nobody is let through any more.',
    killedBy: ['breaker-liveness'],
    change: (agent) =>
      withParts(agent, {
        countAttempt: (policy, state, ended, now) =>
          state.kind === 'half-open' && ended.health !== 'ok' ? state : count(policy, state, ended, now),
      }),
  },
  {
    name: 'breaker-misses-failures',
    breaks: 'Of a call that fails several times the breaker hears once.',
    killedBy: ['breaker-safety'],
    change: (agent) =>
      withParts(agent, {
        countAttempt: (policy, state, ended, now) => {
          const isMissed = state.kind === 'closed' && ended.health === 'failed' && !ended.attempt.endsWith('/a1')
          return isMissed ? state : count(policy, state, ended, now)
        },
      }),
  },
  {
    name: 'half-open-herd',
    breaks: 'Half-open, a breaker lets everybody through, not one probe.',
    killedBy: ['breaker-safety'],
    change: (agent) =>
      withParts(agent, {
        admitAttempt: (policy, state, attempt, now) =>
          state.kind === 'half-open' ? [state, 'admitted'] : admit(policy, state, attempt, now),
      }),
  },
  {
    name: 'window-in-memory',
    breaks: 'What a rate limit let through is kept in memory: after a restart its minute begins anew.',
    killedBy: ['rate-limit-safety'],
    change: (agent) =>
      withParts(agent, { recall: (events) => events.filter(({ type }) => type !== 'limiter-admitted') }),
  },
  {
    name: 'window-never-moves',
    breaks: 'What a rate limit let through never grows old: its minute begins anew with each decision of the run.',
    killedBy: ['rate-limit-liveness'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          for (const [tool, window] of state.windows) {
            state.windows.set(
              tool,
              window.map((one) => ({ ...one, at: now })),
            )
          }
          return decide(state, rules, now)
        },
      }),
  },
  {
    name: 'charge-after-launch',
    breaks: 'Nothing is set aside for a model call before it is made: what it took is charged afterwards.',
    killedBy: ['budget-safety'],
    change: (agent) =>
      withParts(agent, { recorded: (events) => events.filter(({ type }) => type !== 'budget-reserved') }),
  },
  {
    name: 'zero-means-unlimited',
    breaks: 'Limits are tested for truth: none at all is as many as one likes.',
    killedBy: ['rate-limit-safety', 'budget-safety'],
    change: (agent) =>
      withParts(agent, {
        limitOf: (tool) => limitOf(tool) || Number.POSITIVE_INFINITY,
        isSpent: (state, of) => of.budget?.tokens !== 0 && isSpent(state, of),
      }),
  },
  {
    name: 'no-tool-timeout',
    breaks: 'An attempt may take as long as it likes: time is looked at between turns alone.',
    killedBy: ['deadline-bound'],
    change: (agent) => withParts(agent, { timeoutOf: () => longestMs }),
  },
  {
    name: 'oversize-waits-forever',
    breaks: 'A call that its limit can never admit waits to be admitted.',
    killedBy: ['rate-limit-liveness'],
    change: (agent) =>
      withParts(agent, {
        overLimit: (tool, afterMs) => (afterMs === undefined ? { wait: { for: 'limit' } } : tooMany(tool, afterMs)),
      }),
  },
]
