/** Mutants of what is durable when, and of what a resume makes of it. */

import { withParts } from '../agent/agent.js'
import type { LogEvent } from '../core/event.js'
import type { Mutant } from './mutant.js'

const settledAndAttempts: readonly LogEvent['type'][] = ['call-settled', 'attempt-start', 'attempt-end']
const attemptCounts: readonly LogEvent['type'][] = ['attempt-start', 'attempt-end', 'retry-scheduled']

const without = (events: readonly LogEvent[], types: readonly LogEvent['type'][]): readonly LogEvent[] =>
  events.filter((event) => !types.includes(event.type))

export const crashMutants: readonly Mutant[] = [
  {
    name: 'save-at-end',
    breaks: 'The log is written once, when the run ends.',
    killedBy: ['durable-ack'],
    change: (agent) => withParts(agent, { writesNow: (events) => events.some((event) => event.type === 'run-end') }),
  },
  {
    name: 'resume-ignores-settled',
    breaks: 'A resume runs the open batch from its beginning: settled calls run again.',
    killedBy: ['resume-equivalence'],
    change: (agent) => withParts(agent, { recall: (events) => without(events, settledAndAttempts) }),
  },
  {
    name: 'counters-in-memory',
    breaks: 'Attempts are counted in memory: after a resume they start from one again.',
    killedBy: ['resume-equivalence'],
    change: (agent) => withParts(agent, { recall: (events) => without(events, attemptCounts) }),
  },
]
