/** `recoverability`: after a restart every unfinished run goes on, and what was rejected poisons nothing. Broken by a recovery that overlooks waiting runs, and by a conversation that keeps a turn nobody could use. */

import type { EventOf } from '../../core/event.js'
import type { Check } from '../invariant.js'

interface State {
  /** The run has begun and not ended. */
  isOpen: boolean
  /** A process has started and not yet gone on with the run. */
  restarted: number | undefined
  /** The last prompt was sound. */
  wasSound: boolean
  /** Its answer could not be used. */
  rejected: number | undefined
  arose: boolean
}

export const recoverability: Check<State> = {
  name: 'recoverability',
  says: 'A run that a crash cut off, waiting or not, is found and goes on; a rejected turn does not spoil the next one.',
  kind: 'liveness',
  clauses: {
    a: 'every run that has not ended is found by the process that starts after a crash, and resumed',
    b: 'after a model call that was rejected, or gave nothing of use, the next prompt is one that the provider takes',
  },
  usual: 'list every run without an end, not those marked as running; add a turn to the conversation when it is whole',
  mutant: 'keep-rejected-turn',
  concerns: () => true,
  start: () => ({ isOpen: false, restarted: undefined, wasSound: false, rejected: undefined, arose: false }),
  on: {
    'run-start': (state, _event, judge) => {
      state.isOpen = true
      return judge.skip
    },
    'run-end': (state, _event, judge) => {
      state.isOpen = false
      return judge.skip
    },
    restart: (state, event, judge) => {
      state.rejected = undefined
      if (state.isOpen) state.restarted = event.seq
      return judge.skip
    },
    'run-resume': (state, _event, judge) => {
      if (state.restarted === undefined) return judge.skip
      state.restarted = undefined
      state.arose = true
      return judge.held
    },
    'run-settled': (state, event, judge) => {
      if (event.status !== 'waiting') state.restarted = undefined
      return judge.skip
    },
    'model-answered': (state, event, judge) => {
      if (state.wasSound && !isOfUse(event)) state.rejected = event.seq
      return judge.skip
    },
    'prompt-received': (state, { refused, turn, seq }, judge) => {
      const { rejected } = state
      state.wasSound = refused === undefined
      state.rejected = undefined
      if (rejected === undefined) return judge.skip
      state.arose = true
      if (refused === undefined) return judge.held
      const because = `the model gave no answer of use to a sound prompt, and the next one, of turn ${turn}, is refused: ${refused}`
      return judge.broken(because, { clause: 'b', witness: [rejected, seq] })
    },
  },
  atRest: (state, judge, truncated) => {
    if (truncated || state.restarted === undefined) return judge.skip
    const because = 'the process started again after a crash, and the run that had not ended was never resumed'
    return judge.broken(because, { clause: 'a', witness: [state.restarted] })
  },
  met: (state) => state.arose,
}

const isOfUse = ({ complete, status, stop }: EventOf<'model-answered'>): boolean =>
  complete && status < 400 && (stop === 'stop' || stop === 'tool-calls')
