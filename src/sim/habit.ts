/** What a struck model goes on doing in later turns, until the calm. */

import type { ModelAnswer } from '../core/model.js'
import type { World } from '../kernel/world.js'
import type { FaultNote } from './fault/note.js'
import type { Played } from './play.js'
import type { SaidCalls } from './said-calls.js'

export interface Habit {
  /** Ids that say nothing, in the place of those of the calls of a turn. */
  readonly renames?: (turn: number, ids: readonly string[]) => readonly string[]
  /** What it says in a turn, instead of what it means to; undefined: what it means to. */
  readonly strays?: { readonly fault: string; readonly plays: (turn: number) => Played | undefined }
}

export interface Habits {
  begin(habit: Habit, note: FaultNote): void
  /** What the model says in a turn, and by which fault, where that is not what it means to. */
  played(turn: number, meant: Played): { readonly played: Played; readonly strayed: Strayed | undefined }
  /** The answer as it is sent. `heard` is to be called when it arrives. */
  sent(turn: number, answer: ModelAnswer): { readonly answer: ModelAnswer; readonly heard: () => void }
}

export interface Strayed {
  readonly fault: string
  readonly heard: () => void
}

const unheard = (): void => undefined

/** The last habit of each sort is the one it has. */
export function habitsIn(world: World, said: SaidCalls): Habits {
  let renaming: { readonly renames: NonNullable<Habit['renames']>; readonly note: FaultNote } | undefined
  let straying: { readonly strays: NonNullable<Habit['strays']>; readonly note: FaultNote } | undefined
  /** By id the place of the first call that had it. */
  const used = new Map<string, string>()
  return {
    begin: ({ renames, strays }, note) => {
      if (renames) renaming = { renames, note }
      if (strays) straying = { strays, note }
    },
    played: (turn, meant) => {
      const played = straying && !world.tape.calm ? straying.strays.plays(turn) : undefined
      if (!straying || !played) return { played: meant, strayed: undefined }
      return { played, strayed: { fault: straying.strays.fault, heard: straying.note.landed } }
    },
    sent: (turn, answer) => {
      const { calls } = answer
      if (!renaming || world.tape.calm || calls.length === 0) return { answer, heard: unheard }
      const { renames, note } = renaming
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
