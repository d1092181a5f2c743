/** Mutants of how turns are counted, and of how a run says that it ended. */

import { withParts } from '../agent/agent.js'
import { decide } from '../agent/decide.js'
import { conclude } from '../agent/saga.js'
import type { Mutant } from './mutant.js'

export const limitMutants: readonly Mutant[] = [
  {
    name: 'wall-clock-deadlines',
    breaks: 'Deadlines, windows, breakers and expiries are measured by the wall clock.',
    killedBy: ['time-discipline'],
    change: (agent) =>
      withParts(agent, {
        outside: (ports) => ({ ...ports, clock: { ...ports.clock, now: () => ports.clock.wall() } }),
      }),
  },
  {
    name: 'loop-exits-one-early',
    breaks: 'The limit of turns is compared one step off: the last turn is never taken.',
    killedBy: ['step-bound'],
    change: (agent) => withParts(agent, { turnBudget: ({ turns }) => turns - 1 }),
  },
  {
    name: 'failed-call-uncounts-turn',
    breaks: 'A failed model call gives its turn back: the next try is made as the turn before.',
    killedBy: ['causal-order'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          const isRetry = action.kind === 'call-model' && action.attempt > 1 && action.turn > 1
          return isRetry ? { ...action, turn: action.turn - 1 } : action
        },
      }),
  },
  {
    name: 'abort-is-tool-error',
    breaks: 'The wish to stop ends what is done now, as if it had failed, and the loop goes on.',
    killedBy: ['cancel-propagation'],
    change: (agent) => withParts(agent, { stopHere: (state) => void Object.assign(state, { waiting: undefined }) }),
  },
  {
    name: 'failure-finalised-as-completed',
    breaks: 'Whatever ended the run, it is reported as completed.',
    killedBy: ['outcome-truth'],
    change: (agent) =>
      withParts(agent, { conclude: (state, cause) => ({ ...conclude(state, cause), status: 'completed' }) }),
  },
  {
    name: 'limit-counts-other-runs',
    breaks:
      'The turns that an earlier life of the session took are counted twice: in its log, and from the beginning on.',
    killedBy: ['step-bound'],
    change: (agent) => {
      let earlier = 0
      return withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          if (action.kind === 'resume') earlier += state.model.turn
          return action
        },
        turnBudget: ({ turns }) => turns - earlier,
      })
    },
  },
]
