/** Counting a fault three times: chosen, applied, and consumed by the agent. */

import type { FaultAt } from '../../core/world-event.js'
import type { Scope } from '../../kernel/scope.js'
import type { World } from '../../kernel/world.js'

export interface FaultNote {
  /** The port was made to misbehave. `waives`: promises that no agent can keep from here on. */
  injected(waives?: readonly string[]): void
  /** The agent got something other than the fault-free port would have given. */
  landed(): void
}

const silent: FaultNote = { injected: () => undefined, landed: () => undefined }

/** Notes a planned fault; for `undefined` (nothing wrong here) it does nothing. */
export function planFault(
  world: World,
  fault: string | undefined,
  site: string,
  detail: string,
  scope: Scope,
): FaultNote {
  if (fault === undefined) return silent
  const where = (): FaultAt => ({ fault, site, detail })
  world.emit('fault-planned', where(), scope.lane)
  let state = 0
  const injected = (waives: readonly string[] = []): void => {
    if (state > 0) return
    state = 1
    world.emit('fault-injected', waives.length > 0 ? { ...where(), waives } : where(), scope.lane)
  }
  return {
    injected,
    landed: () => {
      injected()
      if (state > 1) return
      state = 2
      world.emit('fault-landed', where(), scope.lane)
    },
  }
}
