/** What everything simulated in one trial shares. */

import type { World } from '../kernel/world.js'

export interface Setting {
  readonly world: World
  /** Kills the agent's process now; undefined where nobody says how the agent resumes. */
  readonly crash: (() => void) | undefined
  /** Fault names this scenario does not plan. */
  readonly without: ReadonlySet<string>
  /** Finds the user's source line that is acting; slow, so only for stories. */
  readonly callSite: (() => string) | undefined
}

/** The alternatives of an outcome: `ok` first, then what the scenario tolerates. */
export function outcomes(setting: Setting, faults: readonly string[], crashes: readonly string[]): readonly string[] {
  const offered = setting.crash ? [...faults, ...crashes] : faults
  return ['ok', ...offered.filter((name) => !setting.without.has(name))]
}
