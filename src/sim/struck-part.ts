/** Parts that an agent's author gives it (guards, summarisers, sinks): whether this call of one is struck, and how. */

import { isAlive, type Scope } from '../kernel/scope.js'
import type { FaultDefinition } from './fault/fault.js'
import { type FaultNote, planFault } from './fault/note.js'
import { picker } from './fault/picker.js'
import { knownOutcomes, type Setting } from './setting.js'

export interface PartBlow {
  readonly fault: string
  readonly note: FaultNote
  readonly scope: Scope
  /** Chooses one of the fault's own parameters. */
  readonly pick: (parameter: string) => string
}

const known = new WeakMap<readonly FaultDefinition[], readonly string[]>()

/** Most lists are constants: worked out once. */
function namesOf(faults: readonly FaultDefinition[]): readonly string[] {
  const names = known.get(faults) ?? faults.map(({ name }) => name)
  known.set(faults, names)
  return names
}

/** Chooses at `site`; undefined when nothing is wrong, and outside of a living process. */
export function strikePart(setting: Setting, faults: readonly FaultDefinition[], site: string): PartBlow | undefined {
  const { world } = setting
  const scope = world.scopes.current()
  if (!scope || !isAlive(scope)) return undefined
  const offered = knownOutcomes(setting, namesOf(faults))
  const chosen = offered[world.tape.pick(site, 'outcome', offered)] as string
  const fault = faults.find(({ name }) => name === chosen)
  if (!fault) return undefined
  const note = planFault(world, chosen, site, '', scope)
  note.injected()
  return { fault: chosen, note, scope, pick: picker(world, site, fault) }
}
