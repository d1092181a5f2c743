/** What the world can do to the process of an agent whose host it knows, besides killing it at once. */

import type { World } from '../kernel/world.js'
import type { FaultNote } from './fault/note.js'
import { picker } from './fault/picker.js'
import { pause } from './fault/process/pause.js'
import { redeliver } from './fault/process/redeliver.js'
import { replayPerStep } from './fault/process/replay-per-step.js'
import { shutdown } from './fault/process/shutdown.js'
import { zombie } from './fault/process/zombie.js'
import { crashAfter, crashBefore, troublesOfProcess } from './fault/process.js'
import type { Setting } from './setting.js'

export interface ProcessControl {
  /**
   * Starts the run once more (or so many `times`), `afterMs` from now, if it still goes on: `overlapped` is told. The life
   * before then ends `lingersMs` later, if ever.
   */
  readonly startAgain: (afterMs: number, lingersMs: number | undefined, overlapped: () => void, times?: number) => void
  /** Asks the run to stop, and kills the process `graceMs` later. */
  readonly shutDown: (graceMs: number) => void
}

/** Another one in place of a process that is taken for dead begins this long after a request: before its answer. */
const takenForDeadMs = 50

const troubles = troublesOfProcess.map(({ name }) => name)
const crashesOfReads = [crashAfter] as const
const crashesOfWrites = [crashBefore, crashAfter] as const
const troublesOfWrites = [...crashesOfWrites, ...troubles]
const troublesOfTurns = [...troublesOfWrites, replayPerStep.name]

/** What may befall the process at a request of this kind. Equal lists are the same list. */
export function processFaultsAt({ process }: Setting, request: 'read' | 'write' | 'turn'): readonly string[] {
  if (request === 'read') return crashesOfReads
  if (!process) return crashesOfWrites
  return request === 'write' ? troublesOfWrites : troublesOfTurns
}

/** Whether it is a trouble of the process in which its request goes on. */
export const isTroubleOfProcess = (chosen: string): boolean => troubles.includes(chosen)

/** Does what was chosen at `site`, whose request goes on; false: it is no trouble of the process, or ends it at once. */
export function strikeProcess({ world, process }: Setting, chosen: string, site: string, note: FaultNote): boolean {
  switch (process && chosen) {
    case redeliver.name:
      process?.startAgain(Number(picker(world, site, redeliver)('ms')), undefined, note.landed)
      return true
    case zombie.name:
      process?.startAgain(takenForDeadMs, Number(picker(world, site, zombie)('ms')), note.landed)
      return true
    case pause.name:
      standStill(world, picker(world, site, pause), note)
      return true
    case shutdown.name:
      process?.shutDown(Number(picker(world, site, shutdown)('grace')))
      note.landed()
      return true
    case replayPerStep.name:
      world.kept.set(mortal, note)
      return true
    default:
      return false
  }
}

const standStill = (world: World, pick: (parameter: string) => string, note: FaultNote): void =>
  world.standStill(Number(pick('ms')), pick('first') === 'timers', note.landed)

const mortal = Symbol('replay per step')

/** Whether the process dies after a step: undefined, or whom to tell. */
export const diesEachStep = ({ kept, tape }: World): FaultNote | undefined =>
  tape.calm ? undefined : (kept.get(mortal) as FaultNote | undefined)
