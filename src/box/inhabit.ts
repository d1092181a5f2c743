/** Makes a world habitable for an agent: its network, its console, and an ear for what goes wrong in it. */

import type { World } from '../kernel/world.js'
import { habitatOf, type Inhabitant } from './habitat.js'
import { maskKeys } from './keys.js'
import { watchNativeWork } from './native-work.js'

export type { Inhabitant, Network } from './habitat.js'

/**
 * From now on code in scopes of this world meets `inhabitant`; until `release()`, after which the world is over and all in it are dead.
 * API keys are masked meanwhile. The shims must be installed for anything ambient to be caught.
 */
export function inhabit(world: World, inhabitant: Inhabitant): { release(): void } {
  watchNativeWork()
  const habitat = habitatOf(world)
  habitat.inhabitant = inhabitant
  world.whenRootSettled(() => {
    habitat.settled = true
    for (const timer of [...habitat.unreferenced]) timer.cancel()
  })
  const unmask = maskKeys()
  return {
    release() {
      world.over = true
      habitat.inhabitant = undefined
      unmask()
    },
  }
}
