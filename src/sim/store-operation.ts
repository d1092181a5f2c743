/** One operation of the simulated store: its outcome and its answer time are choices at a site named by what is written. */

import { StoreError } from '../core/store.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { answerTime } from './answer-time.js'
import { type FaultNote, planFault } from './fault/note.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { outcomes, type Setting } from './setting.js'

const nominalMs = 5
/** A store call that takes longer than this is given up by its driver. */
const driverTimeoutMs = 10_000

/**
 * `what` names the site. `apply` does it, and its value is what the caller gets; `acknowledged` is told when the answer reaches a
 * caller that lives. Rejects with a `StoreError`.
 */
export type StoreOperation = <T>(
  what: string,
  writes: boolean,
  apply: () => T,
  acknowledged?: (value: T) => void,
) => Promise<T>

export function storeOperation(setting: Setting): StoreOperation {
  const { world } = setting
  const tries = new Map<string, number>()
  const forWrites = outcomes(setting, ['store/fail', 'store/lost-acknowledgement'], [crashBefore, crashAfter])
  const forReads = outcomes(setting, ['store/fail'], [])

  return (what, writes, apply, acknowledged) =>
    new Promise((resolve, reject) => {
      const scope = world.scopes.current()
      if (!scope || !isAlive(scope)) return
      const number = (tries.get(what) ?? 0) + 1
      tries.set(what, number)
      const site = `store/${what}/try-${number}`
      const offered = writes ? forWrites : forReads
      const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
      const note = chosen === 'ok' ? undefined : planFault(world, chosen, site, '', scope)
      note?.injected()
      if (chosen === crashBefore) return crash(setting, note)
      const delayMs = chosen === 'ok' ? slow(setting, site, scope) : nominalMs
      world.complete(site, delayMs, () => {
        if (chosen === 'store/fail') {
          if (!isAlive(scope)) return
          note?.landed()
          return reject(new StoreError('the store refused', 'no'))
        }
        const value = apply()
        if (!isAlive(scope)) return
        if (chosen === crashAfter) return crash(setting, note)
        note?.landed()
        if (chosen === 'store/lost-acknowledgement')
          return reject(new StoreError('the acknowledgement was lost', 'unknown'))
        acknowledged?.(value)
        resolve(value)
      })
    })
}

function crash(setting: Setting, note: FaultNote | undefined): void {
  note?.landed()
  setting.crash?.()
}

function slow(setting: Setting, site: string, scope: Scope): number {
  const time = answerTime(setting.world, site, nominalMs, undefined)
  if (time.class === 'nominal') return nominalMs
  const note = planFault(setting.world, 'store/slow', site, time.class, scope)
  note.landed()
  return time.delayMs ?? driverTimeoutMs
}
