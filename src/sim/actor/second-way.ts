/** A second way to a call that people are asked about: the session is run once more, at the moment at which that matters. */

import type { LogEvent } from '../../core/event.js'
import type { Scope } from '../../kernel/scope.js'
import { alternatePath } from '../fault/approval/alternate-path.js'
import { planFault } from '../fault/note.js'
import { picker } from '../fault/picker.js'
import { knownOutcomes, type Setting } from '../setting.js'

const faults = [alternatePath.name]
const site = 'run/second-way'

/** Before those who are asked were told, and before a first attempt has its answer. */
const midwayMs = 20

/** Told what becomes durable. `again` runs the session once more, if it still goes on, and then tells. Undefined: there is one way. */
export function secondWay(
  setting: Setting,
  user: Scope,
  again: (overlapped: () => void) => void,
): ((event: LogEvent) => void) | undefined {
  const { world } = setting
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return undefined
  const pick = picker(world, site, alternatePath)
  const route = pick('route')
  let left = Number(pick('which'))
  const note = planFault(world, alternatePath.name, site, route, user)
  const moment = route === 'resume' ? 'approval-requested' : 'approval-consumed'
  return ({ type }) => {
    if (type !== moment || --left !== 0) return
    world.timer(midwayMs, () => void (world.tape.calm || again(note.landed)))
  }
}
