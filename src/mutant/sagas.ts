/** Mutants of the saga: what is registered when, and what is taken back in which order. */

import { withParts } from '../agent/agent.js'
import { compensate } from '../agent/compensate.js'
import { doneSteps, nextUndo } from '../agent/saga.js'
import type { Mutant } from './mutant.js'

export const sagaMutants: readonly Mutant[] = [
  {
    name: 'register-after-success',
    breaks: 'A compensation is registered after its step succeeded, so that a step in doubt is never taken back.',
    killedBy: ['saga-consistency'],
    change: (agent) => withParts(agent, { registersAt: (moment) => moment === 'after-ok' }),
  },
  {
    name: 'compensates-forwards',
    breaks: 'Steps are taken back in the order in which they were made.',
    killedBy: ['saga-consistency'],
    change: (agent) =>
      withParts(agent, {
        nextUndo: (state) => doneSteps(state).find((step) => step.compensation && step.undone === 'no'),
      }),
  },
  {
    name: 'stop-at-failed-compensation',
    breaks: 'The first compensation that fails ends the saga: the steps before it are not taken back.',
    killedBy: ['saga-consistency'],
    change: (agent) =>
      withParts(agent, {
        nextUndo: (state) => (state.saga.steps.some((step) => step.undone === 'gave-up') ? undefined : nextUndo(state)),
      }),
  },
  {
    name: 'compensation-not-awaited',
    breaks: 'Compensations are started together, and none waits for another.',
    killedBy: ['saga-consistency'],
    change: (agent) =>
      withParts(agent, {
        undo: async (run) => {
          const pending = doneSteps(run.state).filter((step) => step.compensation && step.undone === 'no')
          await Promise.all(pending.map((step) => compensate(run, step)))
        },
      }),
  },
]
