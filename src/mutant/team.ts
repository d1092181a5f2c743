/** Mutants of what a parent learns of its subagents. */

import { withParts } from '../agent/agent.js'
import { ok } from '../core/outcome.js'
import type { Mutant } from './mutant.js'

export const teamMutants: readonly Mutant[] = [
  {
    name: 'cut-child-completed',
    breaks: 'A subagent that was cut short is reported as done, with what it had said so far.',
    killedBy: ['subagent-truth'],
    change: (agent) => withParts(agent, { reportOf: ({ text }) => ok({ answer: text }) }),
  },
  {
    name: 'child-gets-all-grants',
    breaks: 'A subagent has the rights that it declares, whatever those of its parent are.',
    killedBy: ['authorization-scope'],
    change: (agent) => withParts(agent, { narrowed: ({ agent: child }) => child }),
  },
]
