/** Secrets planted in backends: each may go back to the service it lies in, and nowhere else. */

import type { EventType } from '../core/event.js'
import type { PlantedSecrets } from '../core/history.js'
import { leakDetector } from '../core/leak.js'
import type { Handlers } from './invariant.js'
import { impartial, type Judge, type Judgement } from './judgement.js'

/** Of each backend that holds any: whether a text shows one of its own. */
export type Planted = readonly (readonly [backend: string, shows: (text: string) => boolean])[]

interface Planting {
  readonly planted: Planted
}

export const plantedIn = (secrets: PlantedSecrets): Planted =>
  Object.entries(secrets).map(([backend, values]) => [backend, leakDetector(values)])

const handlers: Handlers<Planting> = {
  'prompt-received': (state, { messages }, judge) => shown(state, 'a prompt', messages, judge),
  'attempt-end': (state, { tool, error }, judge) => shown(state, `an error of ${tool}`, error, judge),
  'call-rejected': (state, { tool, error }, judge) => shown(state, `an error of ${tool}`, error, judge),
  'line-logged': (state, { sink, text, result }, judge) =>
    shown(state, `a line of the log ${sink}`, `${text}\n${result ?? ''}`, judge),
  console: (state, { text }, judge) => shown(state, 'the console', text, judge),
  'run-end': (state, { text }, judge) => shown(state, 'the answer of the run', text, judge),
  'run-settled': (state, { result }, judge) => shown(state, 'what the caller was told', result, judge),
  'request-arrived': (state, { backend, operation, input }, judge) =>
    shown(state, `what was sent to ${backend}.${operation}`, input, judge, backend),
}

/** `except`: the backend that may hear its own. Skips where nothing was planted. */
function shown({ planted }: Planting, sink: string, said: unknown, judge: Judge, except?: string): Judgement {
  if (planted.length === 0 || said === undefined) return judge.skip
  const others = planted.filter(([backend]) => backend !== except)
  if (others.length === 0) return judge.skip
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  const found = others.find(([, shows]) => shows(text))
  return found ? judge.broken(`${sink} shows a secret of ${found[0]}`, { clause: 'd' }) : judge.held
}

type Handle = (state: any, event: any, judge: Judge) => Judgement

/** The handlers, and those of what was planted after them: what either finds broken is broken. */
export function andPlanted<S extends Planting>(own: Handlers<S>): Handlers<S> {
  const both: Partial<Record<EventType, Handle>> = { ...(own as Record<string, Handle>) }
  for (const [type, handle] of Object.entries(handlers) as [EventType, Handle][]) {
    const first = both[type]
    both[type] = first
      ? (state, event, judge) => {
          const judged = first(state, event, judge)
          if (state.planted.length === 0 || (judged !== impartial.skip && judged !== impartial.held)) return judged
          const also = handle(state, event, judge)
          return also === impartial.skip ? judged : also
        }
      : handle
  }
  return both as Handlers<S>
}
