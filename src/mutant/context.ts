/** Mutants of what a prompt shows of conversation and memory. */

import { withParts } from '../agent/agent.js'
import type { Mutant } from './mutant.js'

export const contextMutants: readonly Mutant[] = [
  {
    name: 'trim-splits-pair',
    breaks: 'What is too long is cut at any boundary between two messages, between a call and its result too.',
    killedBy: ['context-safe'],
    change: (agent) => withParts(agent, { unitsOf: (messages) => messages.map((message) => [message]) }),
  },
  {
    name: 'sort-by-timestamp',
    breaks: 'Memories are read in the order of their timestamps, and those of one instant as it happens.',
    killedBy: ['memory-order'],
    change: (agent) =>
      withParts(agent, {
        readOrder: (items) => [...items].sort((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1)),
      }),
  },
]
