/** What the log says of the outside of a run: its caller's wishes and answers, the time it stood still, the tools on offer. */

import type { LogEvents } from '../core/event.js'
import type { RunState } from './state.js'

type Handlers<K extends keyof LogEvents> = { [E in K]: (state: RunState, event: LogEvents[E]) => void }

export const outsideHandlers: Handlers<
  'run-waiting' | 'cancel-requested' | 'answer-given' | 'tools-offered' | 'fallback-used'
> = {
  'run-waiting': (state, event) => {
    state.waiting = event
  },
  'cancel-requested': (state) => {
    state.cancelled = true
    state.waiting = undefined
  },
  'answer-given': (state, { call, answer }) => {
    state.answers.set(call, answer)
  },
  'tools-offered': (state, { tools }) => {
    state.offered = tools
  },
  'fallback-used': () => {},
}

/** A run that waited goes on: the time it stood still is not its own. The clock may be another one than before. */
export function endWaiting(state: RunState, now: number): void {
  if (!state.waiting) return
  state.startedAt = now - (state.waiting.at - state.startedAt)
  state.deadline = state.startedAt + (state.start?.limits.timeMs ?? 0)
  state.waiting = undefined
}
