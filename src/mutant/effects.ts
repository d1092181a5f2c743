/** Mutants of how often an effect happens, and of what is said of one in doubt. */

import { type Agent, toolNamed, withParts } from '../agent/agent.js'
import { outcomeOf } from '../agent/validity.js'
import type { LogEvent } from '../core/event.js'
import type { Mutant } from './mutant.js'

const isRead = (agent: Agent<unknown>, tool: string): boolean => toolNamed(agent, tool)?.effect === 'read'

export const effectMutants: readonly Mutant[] = [
  {
    name: 'key-per-attempt',
    breaks: 'The idempotency key holds the number of the attempt: a retry carries another one.',
    killedBy: ['key-stability'],
    change: (agent) => withParts(agent, { attemptKey: (intent, attempt) => `${intent.key}/a${attempt}` }),
  },
  {
    name: 'reissue-not-matched',
    breaks: 'A call that asks again for something of unknown outcome is executed as a new one.',
    killedBy: ['at-most-once-effect'],
    change: (agent) => withParts(agent, { matchIntent: () => undefined }),
  },
  {
    name: 'timeout-means-failed',
    breaks: 'An attempt that timed out, or whose answer was lost, ends as failed instead of unknown.',
    killedBy: ['ambiguity-honesty'],
    change: (agent) =>
      withParts(agent, {
        outcomeOf: (ending, tool) => {
          const outcome = outcomeOf(ending, tool)
          return outcome.kind === 'unknown' ? { ...outcome, kind: 'failed' } : outcome
        },
      }),
  },
  {
    name: 'settle-before-dispatch',
    breaks: 'A write is noted as done in the append that starts it, before anything is sent.',
    killedBy: ['effect-presence'],
    change: (agent) =>
      withParts(agent, {
        recorded: (events) => {
          const kept = events.filter(
            (event) => event.type !== 'call-settled' || event.outcome !== 'ok' || isRead(agent, event.tool),
          )
          return kept.flatMap((event): readonly LogEvent[] => {
            if (event.type !== 'attempt-start' || event.attempt > 1 || isRead(agent, event.tool)) return [event]
            return [{ type: 'call-settled', call: event.call, tool: event.tool, outcome: 'ok', attempts: 1 }, event]
          })
        },
      }),
  },
]
