/** One operation of the simulated store: its outcome and its answer time are choices at a site named by what is written. */

import { StoreError } from '../core/store.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { answerTime } from './answer-time.js'
import { type FaultNote, planFault } from './fault/note.js'
import { picker } from './fault/picker.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { fail } from './fault/store/fail.js'
import { outage } from './fault/store/outage.js'
import { race } from './fault/store/race.js'
import { staleRead } from './fault/store/stale-read.js'
import { diesEachStep } from './process-control.js'
import { knownOutcomes, type Setting } from './setting.js'
import { writesInFlight } from './writes-in-flight.js'

const nominalMs = 5
/** A store call that takes longer than this is given up by its driver. */
const driverTimeoutMs = 10_000

export interface StoreWork<T> {
  /** Does it; its value is what the caller gets. */
  readonly apply: () => T
  /** Throws where it is not to be done: that is then the answer, and nothing has changed. */
  readonly requires?: (() => void) | undefined
  /** The log or cell that it changes, or shows, or both. */
  readonly changes?: string
  readonly shows?: string
  /** Opens the log of the run, which several runners may want. */
  readonly isStart?: boolean
  /** It writes the results of a turn. */
  readonly endsStep?: boolean
  /** Told, when it is asked for, that it will be made later than usual. */
  readonly delayed?: () => void
  /** Told when the answer reaches a caller that lives. */
  readonly acknowledged?: (value: T) => void
  /** What a copy that lags so many appends behind would answer; only where there is an older state. */
  readonly lagging?: ((behind: number) => T) | undefined
}

/** `what` names the site. Rejects with a `StoreError`. */
export type StoreOperation = <T>(what: string, work: StoreWork<T>) => Promise<T>

export function storeOperation(setting: Setting): StoreOperation {
  const { world } = setting
  const tries = new Map<string, number>()
  const refusals = new Map<string, number>()
  const inFlight = writesInFlight(setting)
  let downUntil = 0

  /** Whether the store is known to refuse this try. */
  const refuses = (what: string): string | undefined => {
    if (world.tape.calm) return undefined
    if (world.now < downUntil) return unavailable
    const left = refusals.get(what) ?? 0
    refusals.set(what, left - 1)
    return left > 0 ? refused : undefined
  }

  return (what, work) =>
    new Promise((resolve, reject) => {
      const scope = world.scopes.current()
      if (!scope || !isAlive(scope)) return
      const number = (tries.get(what) ?? 0) + 1
      tries.set(what, number)
      const site = `store/${what}/try-${number}`
      const refuse = (note: FaultNote | undefined, text: string): void =>
        void world.complete(site, nominalMs, () => {
          if (!isAlive(scope)) return
          note?.landed()
          reject(new StoreError(text, 'no'))
        })
      const known = refuses(what)
      if (known !== undefined) return refuse(undefined, known)
      const offered = offersOf(setting, work)
      const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
      const note = chosen === 'ok' ? undefined : planFault(world, chosen, site, '', scope)
      note?.injected()
      if (chosen === crashBefore) return crash(setting, note)
      if (chosen === fail.name) {
        refusals.set(what, Number(picker(world, site, fail)('times')) - 1)
        return refuse(note, refused)
      }
      if (chosen === outage.name) {
        downUntil = world.now + Number(picker(world, site, outage)('ms'))
        return refuse(note, unavailable)
      }
      const isRace = note !== undefined && startRace(setting, chosen, site, note)
      const behind = chosen === staleRead.name ? appendsBehind(picker(world, site, staleRead)('behind')) : 0
      const delayMs = chosen === 'ok' ? slow(setting, site, scope) : nominalMs
      const { changes } = work
      const write = changes === undefined ? undefined : { world, site, changes, scope, isHeld: false }
      const entry = world.complete(site, delayMs, () => {
        if (write && !inFlight.isMade(write)) return
        if (work.shows !== undefined) inFlight.shown(work.shows)
        if (isRefused(work, reject)) return
        const value = behind > 0 && work.lagging ? work.lagging(behind) : work.apply()
        if (!isAlive(scope)) return
        if (chosen === crashAfter) return crash(setting, note)
        if (!isRace) note?.landed()
        if (chosen === 'store/lost-acknowledgement')
          return reject(new StoreError('the acknowledgement was lost', 'unknown'))
        work.acknowledged?.(value)
        resolve(value)
        const mortal = work.endsStep ? diesEachStep(world) : undefined
        if (mortal) crash(setting, mortal)
      })
      if (delayMs > nominalMs) work.delayed?.()
      if (write) inFlight.add(Object.assign(write, { isHeld: entry.hold > 0 }))
    })
}

function isRefused({ requires }: StoreWork<any>, reject: (error: unknown) => void): boolean {
  try {
    requires?.()
    return false
  } catch (error) {
    reject(error)
    return true
  }
}

/** Others come to the same log now; it has landed when they have begun. */
function startRace({ world, process }: Setting, chosen: string, site: string, note: FaultNote): boolean {
  if (chosen !== race.name) return false
  process?.startAgain(0, undefined, note.landed, Number(picker(world, site, race)('runners')) - 1)
  return true
}

const crashes = [crashBefore, crashAfter]
/** By whether it writes, whether there is an older state to show, and whether others may come to the same log. */
const lists = [false, true].map((isWrite) =>
  [false, true].map((isOld) =>
    [false, true].map((isRaced) => [
      ...[fail.name, ...(isWrite ? ['store/lost-acknowledgement'] : []), outage.name],
      ...[...(isOld ? [staleRead.name] : []), ...(isRaced ? [race.name] : [])],
    ]),
  ),
)

/** An old copy may be shown where there is an older state; writers may die, and those that start may not be alone. */
function offersOf(setting: Setting, { changes, lagging, isStart = false }: StoreWork<any>): readonly string[] {
  const isWrite = changes !== undefined
  const isRaced = isStart && setting.process !== undefined
  const kinds = lists[Number(isWrite)]?.[Number(lagging !== undefined)]?.[Number(isRaced)] as readonly string[]
  return isWrite ? knownOutcomes(setting, kinds, crashes) : knownOutcomes(setting, kinds)
}

const refused = 'the store refused'
const unavailable = 'the store is unavailable'

const appendsBehind = (behind: string): number => (behind === 'all' ? Number.POSITIVE_INFINITY : Number(behind))

function crash(setting: Setting, note: FaultNote | undefined): void {
  note?.landed()
  setting.crash?.()
}

function slow(setting: Setting, site: string, scope: Scope): number {
  const time = answerTime(setting.world, site, nominalMs, undefined)
  if (time.class === 'nominal') return time.delayMs as number
  const note = planFault(setting.world, 'store/slow', site, time.class, scope)
  note.landed()
  return time.delayMs ?? driverTimeoutMs
}
