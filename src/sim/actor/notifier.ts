/** The way on which approvers hear of requests: it may fail, and whoever uses it may die on it. */

import type { Approvals, Notice } from '../../core/approval.js'
import { isAlive } from '../../kernel/scope.js'
import { notifierTroubles } from '../fault/approval.js'
import { planFault } from '../fault/note.js'
import { crashAfter, crashBefore } from '../fault/process.js'
import { outcomes, type Setting } from '../setting.js'

const nominalMs = 50
const fails = 'approval/notifier-fail'

/** `inform` is called for every notice that arrives, the same one twice included. */
export function notifier(
  setting: Setting,
  inform: (notice: Notice, name: string, key: string) => void,
): Approvals['notify'] {
  const { world } = setting
  const tries = new Map<string, number>()
  return (notice, name, { key }) =>
    new Promise((resolve, reject) => {
      const scope = world.scopes.current()
      if (!scope || !isAlive(scope)) return
      const number = (tries.get(key) ?? 0) + 1
      tries.set(key, number)
      const site = `approval.notify#${notice.call}/${name}/try-${number}`
      const offered = outcomes(setting, [fails], [crashBefore, crashAfter])
      const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
      const note = planFault(world, chosen === 'ok' ? undefined : chosen, site, '', scope)
      const die = (): void => {
        note.landed()
        setting.crash?.()
      }
      note.injected()
      if (chosen === crashBefore) return die()
      const isHanging = chosen === fails && world.tape.pick(`${site}@kind`, 'parameter', notifierTroubles) === hangs
      world.complete(site, nominalMs, () => {
        if (chosen !== fails) inform(notice, name, key)
        if (!isAlive(scope)) return
        if (chosen === crashAfter) return die()
        note.landed()
        if (isHanging) return
        if (chosen === fails) reject(new Error('the notifier failed'))
        else resolve(undefined)
      })
    })
}

const hangs = notifierTroubles.indexOf('hang')
