/** What the services hold before anything is asked: inputs that exist are chosen from it. */

import { scopes } from '../../box/scopes.js'
import type { Backends } from '../../core/backend.js'
import { simplest } from '../../kernel/source.js'
import { World } from '../../kernel/world.js'
import { definitionOf } from '../../sim/define-backend.js'
import { drawFrom } from '../../sim/draw.js'

/** By the keys of the backends: the same as each case begins with. */
export function firstStates(backends: Backends): Readonly<Record<string, any>> {
  const world = new World({
    ...{ source: simplest, scopes, boundary: (then: () => void) => then() },
    ...{ epochMs: 0, maxSteps: 0, horizonMs: 0, budgetMs: 0 },
  })
  const states = Object.entries(backends).map(
    ([key, backend]) => [key, definitionOf(backend).state(drawFrom(world, `${key}.state`))] as const,
  )
  return Object.fromEntries(states)
}
