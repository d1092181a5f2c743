/** What everything simulated in one trial shares. */

import type { Json } from '../core/json.js'
import type { World } from '../kernel/world.js'
import type { ProcessControl } from './process-control.js'
import type { Weather } from './shape/weather.js'

export interface Setting {
  readonly world: World
  /** Kills the agent's process now; undefined where nobody says how the agent resumes. */
  readonly crash: (() => void) | undefined
  /** Undefined where nobody says how the agent's host runs it. */
  readonly process?: ProcessControl | undefined
  /** Fault names this scenario does not plan. */
  readonly without: ReadonlySet<string>
  /** Faults this scenario bears although no agent can keep every promise under them. */
  readonly allow: ReadonlySet<string>
  /** The tools that have another agent do their task; absent: there are none. */
  subagents?: ReadonlySet<string> | undefined
  /** The shapes of bad weather of this trial; absent: none can be. */
  weather?: Weather | undefined
  /** Told of each value that a service hands to the agent, where nobody sees what its tools return; absent: nobody wants to know. */
  given?: ((call: string, value: Json) => void) | undefined
  /** Finds the user's source line that is acting; slow, so only for stories. */
  readonly callSite: (() => string) | undefined
}

interface Offered {
  readonly without: ReadonlySet<string>
  readonly crashes: readonly string[]
  readonly canCrash: boolean
  readonly names: readonly string[]
}

/** By the list of faults: most lists are constants, and are asked for at every operation. */
const offered = new WeakMap<readonly string[], Offered>()

const noCrashes: readonly string[] = []

/** `outcomes` of lists that are constants: worked out once a scenario. */
export function knownOutcomes(
  setting: Setting,
  faults: readonly string[],
  crashes: readonly string[] = noCrashes,
): readonly string[] {
  const { without } = setting
  const canCrash = setting.crash !== undefined
  const known = offered.get(faults)
  if (known?.without === without && known.crashes === crashes && known.canCrash === canCrash) return known.names
  const names = outcomes(setting, faults, crashes)
  offered.set(faults, { without, crashes, canCrash, names })
  return names
}

/** The alternatives of an outcome: `ok` first, then what the scenario tolerates. */
export function outcomes(setting: Setting, faults: readonly string[], crashes: readonly string[]): readonly string[] {
  const offered = setting.crash ? [...faults, ...crashes] : faults
  return ['ok', ...offered.filter((name) => !setting.without.has(name))]
}
