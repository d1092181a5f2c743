/** A world as a part of it sees it: the same time, tape and chance under labels of its own, and some of it replaced. */

import type { Lives } from '../kernel/lives.js'
import type { World } from '../kernel/world.js'

/** `lives`: where it is in another process, with lives of its own. */
export function labelledWorld(
  world: World,
  label: (site: string) => string,
  replaced: object,
  lives: Lives = world.lives,
): World {
  const tape = new Proxy(world.tape, {
    get: (target, key) => {
      if (key === 'pick') return (site: string, ...rest: [any, any]) => target.pick(label(site), ...rest)
      if (key === 'below') return (site: string, bound: number) => target.below(label(site), bound)
      return Reflect.get(target, key, target)
    },
  })
  const own: Partial<Record<string | symbol, unknown>> = {
    tape,
    lives,
    complete: (site: string, delayMs: number, run: () => void) => world.complete(label(site), delayMs, run),
    happen: (site: string, delayMs: number, run: () => void) => world.happen(label(site), delayMs, run),
    chance: (site: string) => world.chance(label(site)),
    ...replaced,
  }
  return new Proxy(world, {
    get: (target, key) => {
      if (key in own) return own[key]
      const from = key in lives ? lives : target
      const value: unknown = Reflect.get(from, key, from)
      return typeof value === 'function' ? value.bind(from) : value
    },
  })
}
