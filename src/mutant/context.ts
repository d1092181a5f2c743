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
  {
    name: 'memory-of-nobody',
    breaks: 'Whatever a memory finds counts as learnt in this session, whoever wrote it.',
    killedBy: ['memory-order'],
    change: (agent) =>
      withParts(agent, { readOrder: (items) => items.map((item) => ({ ...item, origin: 'session' as const })) }),
  },
  {
    name: 'no-compaction',
    breaks: 'A prompt grows as long as the conversation: nothing is ever let go.',
    killedBy: ['context-safe'],
    change: (agent) => withParts(agent, { isTooLong: () => false }),
  },
  {
    name: 'summary-error-as-history',
    breaks: 'Whatever the summariser answers stands for the turns that are not shown.',
    killedBy: ['context-safe'],
    change: (agent) =>
      withParts(agent, { summaryIn: (answer) => (typeof answer === 'string' ? answer : JSON.stringify(answer)) }),
  },
]
