/** What a struck model goes on doing in later turns, until the calm. */

import type { ModelAnswer } from '../core/model.js'
import type { World } from '../kernel/world.js'
import type { FaultNote } from './fault/note.js'
import type { SaidCalls } from './said-calls.js'

/** Ids that say nothing, in the place of those of the calls of a turn. */
export type Renaming = (turn: number, ids: readonly string[]) => readonly string[]

export interface Habit {
  readonly renames: Renaming
}

export interface Habits {
  begin(habit: Habit, note: FaultNote): void
  /** The answer as it is sent. `heard` is to be called when it arrives. */
  sent(turn: number, answer: ModelAnswer): { readonly answer: ModelAnswer; readonly heard: () => void }
}

const unheard = (): void => undefined

export function habitsIn(world: World, said: SaidCalls): Habits {
  let current: (Habit & { readonly note: FaultNote }) | undefined
  /** By id the place of the first call that had it. */
  const used = new Map<string, string>()
  return {
    begin: (habit, note) => {
      current = { ...habit, note }
    },
    sent: (turn, answer) => {
      const { calls } = answer
      if (!current || world.tape.calm || calls.length === 0) return { answer, heard: unheard }
      const { renames, note } = current
      const ids = renames(
        turn,
        calls.map(({ id }) => id),
      )
      const renamed = calls.map((call, at) => ({ ...call, id: ids[at] as string }))
      for (const [at, call] of calls.entries()) if (call.id !== ids[at]) said.note(call, ids[at] as string)
      return {
        answer: { ...answer, calls: renamed },
        heard: () => {
          // An id is at fault when it is none, or when another call has it.
          for (const [at, id] of ids.entries()) {
            const place = `t${turn}.c${at}`
            if (id === '' || (used.get(id) ?? place) !== place) note.landed()
            if (id !== calls[at]?.id && !used.has(id)) used.set(id, place)
          }
        },
      }
    },
  }
}
