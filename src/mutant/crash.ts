/** Mutants of what is durable when, and of what a resume makes of it. */

import { withParts } from '../agent/agent.js'
import { decide } from '../agent/decide.js'
import type { LogEvent } from '../core/event.js'
import type { Message } from '../core/message.js'
import { isUnfinished } from '../core/unfinished.js'
import { judgeAnswer } from '../core/usable-answer.js'
import type { Mutant } from './mutant.js'

const attemptCounts: readonly LogEvent['type'][] = ['attempt-start', 'attempt-end', 'retry-scheduled']

/** The log as if no call had been settled: what settled calls did is not in it. */
function unsettled(events: readonly LogEvent[]): readonly LogEvent[] {
  const settled = new Set(events.flatMap((event) => (event.type === 'call-settled' ? [event.call] : [])))
  return events.filter((event) => {
    const isOfCall = event.type === 'attempt-start' || event.type === 'attempt-end' || event.type === 'call-settled'
    return !isOfCall || !settled.has(event.call)
  })
}

/** The last that the log of a run says while it waits for people. */
const waiting: ReadonlySet<LogEvent['type']> = new Set(['approval-requested', 'approval-notified', 'run-waiting'])
/** The log up to the model call whose batch is not committed. */
function withoutOpenTurn(events: readonly LogEvent[]): readonly LogEvent[] {
  const asked = events.findLastIndex((event) => event.type === 'model-call-start')
  const isOpen = asked >= 0 && !events.slice(asked).some(({ type }) => type === 'batch-commit' || type === 'run-end')
  return isOpen ? events.slice(0, asked) : events
}

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
    change: (agent) => withParts(agent, { recall: unsettled }),
  },
  {
    name: 'counters-in-memory',
    breaks: 'Attempts are counted in memory: after a resume they start from one again.',
    killedBy: ['resume-equivalence'],
    change: (agent) =>
      withParts(agent, { recall: (events) => events.filter(({ type }) => !attemptCounts.includes(type)) }),
  },
  {
    name: 'persist-counter-reset',
    breaks: 'What has been stored is counted in memory: a resume stores the whole history again.',
    killedBy: ['history-exactly-once'],
    change: (agent) => withParts(agent, { unwritten: (log) => log }),
  },
  {
    name: 'keep-rejected-turn',
    breaks: 'A turn of the model that could not be used stays in the conversation, with the calls that nobody answers.',
    killedBy: ['recoverability'],
    change: (agent) => {
      const rejected: Message[] = []
      // One decision in two parts: what is rejected, and what the next prompt shows.
      return withParts(agent, {
        judgeAnswer: (answer) => {
          const outcome = judgeAnswer(answer)
          if (outcome.kind !== 'ok') rejected.push({ role: 'assistant', text: answer.text, calls: answer.calls })
          return outcome
        },
        decide: (state, rules, now) => {
          state.messages.push(...rejected.splice(0))
          return decide(state, rules, now)
        },
      })
    },
  },
  {
    name: 'list-running-only',
    breaks: 'A process that starts goes on with the runs that were running, and finds none that waits for people.',
    killedBy: ['recoverability'],
    change: (agent) =>
      withParts(agent, { isUnfinished: (log) => isUnfinished(log) && !waiting.has(log.at(-1)?.type ?? 'run-end') }),
  },
  {
    name: 'terminal-not-absorbing',
    breaks: 'A run that has ended goes on when its session is run again, and ends a second time.',
    killedBy: ['terminal-once'],
    change: (agent) =>
      withParts(agent, {
        decide: (state, rules, now) => {
          if (state.end && !state.present) state.end = undefined
          return decide(state, rules, now)
        },
      }),
  },
  {
    name: 'resume-starts-anew',
    breaks: 'A resume begins the task from its beginning, with all that was decided by people.',
    killedBy: ['resume-equivalence'],
    change: (agent) => withParts(agent, { recall: (events) => events.filter(({ type }) => type === 'run-start') }),
  },
  {
    name: 'resume-without-instructions',
    breaks: 'A resume takes the task from the log, and leaves the instructions of the agent where they are.',
    killedBy: ['resume-equivalence'],
    change: (agent) =>
      withParts(agent, {
        recall: (events) =>
          events.map((event) => (event.type === 'run-start' ? { ...event, instructions: '' } : event)),
      }),
  },
  {
    name: 're-derive-on-resume',
    breaks: 'A resume asks the model again for the answer of an open turn, and goes by what it says now.',
    killedBy: ['resume-equivalence'],
    change: (agent) => withParts(agent, { recall: withoutOpenTurn }),
  },
]
