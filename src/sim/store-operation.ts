/** One operation of the simulated store: its outcome and its answer time are choices at a site named by what is written. */

import { StoreError } from '../core/store.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { answerTime } from './answer-time.js'
import { type FaultNote, planFault } from './fault/note.js'
import { picker } from './fault/picker.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { outage } from './fault/store/outage.js'
import { staleRead } from './fault/store/stale-read.js'
import { diesEachStep } from './process-control.js'
import { outcomes, type Setting } from './setting.js'

const nominalMs = 5
/** A store call that takes longer than this is given up by its driver. */
const driverTimeoutMs = 10_000

export interface StoreWork<T> {
  /** Does it; its value is what the caller gets. */
  readonly apply: () => T
  readonly writes: boolean
  /** It writes the results of a turn. */
  readonly endsStep?: boolean
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
  const offers = offersOf(setting)
  let downUntil = 0

  return (what, { apply, writes, endsStep, acknowledged, lagging }) =>
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
      if (world.now < downUntil && !world.tape.calm) return refuse(undefined, unavailable)
      const offered = offers[writes ? 'writes' : 'reads'][lagging ? 'old' : 'new']
      const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
      const note = chosen === 'ok' ? undefined : planFault(world, chosen, site, '', scope)
      note?.injected()
      if (chosen === crashBefore) return crash(setting, note)
      if (chosen === 'store/fail') return refuse(note, 'the store refused')
      if (chosen === outage.name) {
        downUntil = world.now + Number(picker(world, site, outage)('ms'))
        return refuse(note, unavailable)
      }
      const behind = chosen === staleRead.name ? appendsBehind(picker(world, site, staleRead)('behind')) : 0
      const delayMs = chosen === 'ok' ? slow(setting, site, scope) : nominalMs
      world.complete(site, delayMs, () => {
        const value = behind > 0 && lagging ? lagging(behind) : apply()
        if (!isAlive(scope)) return
        if (chosen === crashAfter) return crash(setting, note)
        note?.landed()
        if (chosen === 'store/lost-acknowledgement')
          return reject(new StoreError('the acknowledgement was lost', 'unknown'))
        acknowledged?.(value)
        resolve(value)
        const mortal = endsStep ? diesEachStep(world) : undefined
        if (mortal) crash(setting, mortal)
      })
    })
}

/** `old`: where there is an older state that a copy may show. */
const offersOf = (setting: Setting) => {
  const reads = ['store/fail', outage.name]
  const writes = ['store/fail', 'store/lost-acknowledgement', outage.name]
  const crashes = [crashBefore, crashAfter]
  return {
    reads: { new: outcomes(setting, reads, []), old: outcomes(setting, [...reads, staleRead.name], []) },
    writes: { new: outcomes(setting, writes, crashes), old: outcomes(setting, [...writes, staleRead.name], crashes) },
  }
}

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
