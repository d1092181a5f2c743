/** The user who may say something more while the run goes on: once in a trial, at a moment that the log of the run tells. */

import type { LogEvent } from '../../core/event.js'
import type { Scope } from '../../kernel/scope.js'
import { planFault } from '../fault/note.js'
import { picker } from '../fault/picker.js'
import { midTurnMessage, speakingMoments } from '../fault/user/mid-turn-message.js'
import { knownOutcomes, type Setting } from '../setting.js'

const faults = [midTurnMessage.name]

export interface Talker {
  /** All they have said so far: it outlives every crash of who listens. */
  readonly said: readonly string[]
  /** Told what becomes durable: how far the run is. */
  readonly see: (event: LogEvent) => void
}

const site = 'run/message'
const text = 'One thing more: tell me in one sentence what you have done.'

/** Undefined: they say nothing. */
export function talkerOf(setting: Setting, user: Scope): Talker | undefined {
  const { world } = setting
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return undefined
  const pick = picker(world, site, midTurnMessage)
  const at = pick('at')
  const { type, afterMs } = speakingMoments[at] as (typeof speakingMoments)[string]
  let left = Number(pick('which'))
  const note = planFault(world, midTurnMessage.name, site, at, user)
  const said: string[] = []
  const speak = (): void => {
    if (world.tape.calm) return
    note.injected()
    said.push(text)
  }
  return {
    said,
    see: (event) => {
      if (event.type === 'message-given') note.landed()
      if (event.type === type && --left === 0) world.timer(afterMs, speak)
    },
  }
}
