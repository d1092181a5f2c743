/** The user who may want the run stopped: once in a trial, at a moment that the log of the run tells. */

import type { LogEvent } from '../../core/event.js'
import { laneScope } from '../../kernel/scope.js'
import { planFault } from '../fault/note.js'
import { picker } from '../fault/picker.js'
import { cancel, moments } from '../fault/user/cancel.js'
import { knownOutcomes, type Setting } from '../setting.js'

const faults = [cancel.name]

export interface Canceller {
  /** Told what becomes durable: how far the run is. */
  readonly see: ((event: LogEvent) => void) | undefined
  /** For one run of the session: their wish outlives every crash, those who listened do not. Undefined: they let the run go on. */
  signal(): AbortSignal | undefined
  /** Calls back when they have spoken, in place of whoever was to be called before. */
  whenSpoken(tell: () => void): void
}

const site = 'run/cancel'

export function cancellerOf(setting: Setting): Canceller {
  const { world } = setting
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return patient
  const pick = picker(world, site, cancel)
  const at = pick('at')
  const { type, midwayMs } = moments[at] as (typeof moments)[string]
  let left = Number(pick('which'))
  const afterMs = pick('when') === 'midway' ? midwayMs : 0
  const note = planFault(world, cancel.name, site, at, laneScope(world, 'user'))
  let wish = new AbortController()
  let waiting: (() => void) | undefined
  const speak = (): void => {
    if (world.tape.calm) return
    note.injected()
    world.scopes.run(laneScope(world, 'user'), () => wish.abort())
    waiting?.()
  }
  const see = (event: LogEvent): void => {
    if (event.type === 'cancel-requested') note.landed()
    if (event.type === type && --left === 0) world.timer(afterMs, speak)
  }
  return {
    see,
    signal: () => {
      const { aborted } = wish.signal
      wish = new AbortController()
      if (aborted) wish.abort()
      return wish.signal
    },
    whenSpoken: (tell) => {
      waiting = tell
    },
  }
}

const patient: Canceller = { see: undefined, signal: () => undefined, whenSpoken: () => {} }
