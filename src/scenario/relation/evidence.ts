/** What a trial shows to whoever compares it with another: how it ended, what it did, what was said. */

import type { Told } from '../../core/compared.js'
import type { AnyEvent, EventOf, EventType } from '../../core/event.js'
import { canonical } from '../../core/json.js'
import type { TrialResult } from '../trial-result.js'

export const eventsOf = <K extends EventType>({ events }: TrialResult, type: K): readonly EventOf<K>[] =>
  events.filter((event) => event.type === type) as readonly AnyEvent[] as readonly EventOf<K>[]

export const ended = ({ status, reason }: TrialResult): Told => ['the run', `ended ${status} (${reason})`]

/** What came to be, however often it was tried, in no order; what was undone is told as such. */
export function effects(trial: TrialResult): Told {
  const undone = new Set(eventsOf(trial, 'effect-compensated').map(({ effect }) => effect))
  const done = eventsOf(trial, 'effect-applied').map(
    ({ backend, operation, input, effect }) =>
      `${backend}.${operation} ${canonical(input)}${undone.has(effect) ? ', undone' : ''}`,
  )
  return ['the effects', done.sort().join('; ') || 'none']
}

/** What the agent gave its caller. */
export const answer = (trial: TrialResult): Told => [
  'the answer',
  canonical(eventsOf(trial, 'run-settled').at(-1)?.result ?? null),
]

/** Each message of the last prompt. */
export const conversation = (trial: TrialResult): readonly Told[] => {
  const { messages } = eventsOf(trial, 'prompt-received').at(-1) ?? { messages: [] }
  return messages.map((message, place): Told => [`message ${place + 1} of the last prompt`, canonical(message)])
}

/** The results of each batch, as they were committed. */
export const batches = (trial: TrialResult): readonly Told[] =>
  eventsOf(trial, 'batch-commit').map(({ turn, results }): Told => [`the results of turn ${turn}`, canonical(results)])
