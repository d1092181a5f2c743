/** Writes that a store was asked for and has not made: some pass others, and some are lost with who asked for them. */

import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { type FaultNote, planFault } from './fault/note.js'
import { lostUnflushed } from './fault/store/lost-unflushed.js'
import { reorder } from './fault/store/reorder.js'
import { knownOutcomes, type Setting } from './setting.js'

const faults = [lostUnflushed.name]

export interface Write {
  /** With the labels of who asks. */
  readonly world: World
  readonly site: string
  /** The log or cell it changes. */
  readonly changes: string
  readonly scope: Scope
  /** Others may pass it. */
  isHeld: boolean
}

export interface WritesInFlight {
  add(write: Write): void
  /** Its time has come. False: it is lost, as nobody lives who was told of it. */
  isMade(write: Write): boolean
  /** Somebody is shown what the log or cell holds. */
  shown(name: string): void
}

const key = Symbol('writes in flight')

/** The logs of children are written in the same world, under labels of their own. */
function waitingIn({ kept }: World): Write[] {
  const waiting = (kept.get(key) as Write[] | undefined) ?? []
  kept.set(key, waiting)
  return waiting
}

export function writesInFlight(setting: Setting): WritesInFlight {
  const { world, without } = setting
  const waiting = waitingIn(world)
  const lost = new Map<string, FaultNote[]>()
  const offered = knownOutcomes(setting, faults)

  const pass = (write: Write): void => {
    const at = waiting.indexOf(write)
    waiting.splice(at, 1)
    for (const earlier of waiting.slice(0, at)) {
      if (!earlier.isHeld || earlier.changes === write.changes || without.has(reorder.name)) continue
      earlier.isHeld = false
      planFault(earlier.world, reorder.name, earlier.site, '', earlier.scope).landed()
    }
  }

  return {
    add: (write) => void waiting.push(write),
    isMade: (write) => {
      pass(write)
      const { site, scope, changes } = write
      if (isAlive(scope) || world.tape.pick(`flush/${site}`, 'outcome', offered) === 0) return true
      const note = planFault(world, lostUnflushed.name, site, '', scope)
      note.injected()
      lost.set(changes, [...(lost.get(changes) ?? []), note])
      return false
    },
    shown: (name) => {
      for (const note of lost.get(name) ?? []) note.landed()
      lost.delete(name)
    },
  }
}
