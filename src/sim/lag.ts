/** A service whose reads lag behind its writes: of how many of the last ones a read has not heard. */

import type { Draw } from '../core/backend.js'
import type { World } from '../kernel/world.js'
import type { Eventual } from './define-backend.js'

export interface Lag {
  wrote(): void
  /** 0 is the simplest: the read has heard of all. */
  behind(draw: Draw): number
}

const mostBehind = 3
const none: Lag = { wrote: () => undefined, behind: () => 0 }

export function lagOf(world: World, eventual: Eventual | undefined): Lag {
  if (eventual === undefined) return none
  const writtenAt: number[] = []
  return {
    wrote: () => {
      writtenAt.push(world.now)
    },
    behind: (draw) => {
      const since = world.now - eventual.staleMs
      const recent = writtenAt.length - 1 - writtenAt.findLastIndex((at) => at <= since)
      return recent === 0 ? 0 : draw.int('behind', 0, Math.min(recent, mostBehind))
    },
  }
}
