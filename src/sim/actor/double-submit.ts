/** The user who may submit the same task twice: once in a trial, some time after its first event is durable. */

import type { LogEvent } from '../../core/event.js'
import type { Scope } from '../../kernel/scope.js'
import { planFault } from '../fault/note.js'
import { picker } from '../fault/picker.js'
import { doubleSubmit } from '../fault/user/double-submit.js'
import { knownOutcomes, type Setting } from '../setting.js'

const faults = [doubleSubmit.name]

export interface Submitter {
  /** Told what becomes durable. */
  readonly see: (event: LogEvent) => void
}

const site = 'run/submit'

/** `submit` runs the session once more, if it still goes on, and then tells. Undefined: they submit once. */
export function submitterOf(
  setting: Setting,
  user: Scope,
  submit: (overlapped: () => void) => void,
): Submitter | undefined {
  const { world } = setting
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return undefined
  const gapMs = Number(picker(world, site, doubleSubmit)('gap'))
  const note = planFault(world, doubleSubmit.name, site, `${gapMs} ms`, user)
  let isDue = false
  return {
    see: ({ type }) => {
      if (type !== 'run-start' || isDue) return
      isDue = true
      world.timer(gapMs, () => void (world.tape.calm || submit(note.landed)))
    },
  }
}
