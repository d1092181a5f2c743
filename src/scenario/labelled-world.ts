/** A world as a part of it sees it: the same time, tape and chance under labels of its own, and some of it replaced. */

import type { World } from '../kernel/world.js'

export function labelledWorld(world: World, label: (site: string) => string, replaced: object): World {
  const tape = new Proxy(world.tape, {
    get: (target, key) => {
      if (key === 'pick') return (site: string, ...rest: [any, any]) => target.pick(label(site), ...rest)
      if (key === 'below') return (site: string, bound: number) => target.below(label(site), bound)
      return Reflect.get(target, key, target)
    },
  })
  const own: Partial<Record<string | symbol, unknown>> = {
    tape,
    complete: (site: string, delayMs: number, run: () => void) => world.complete(label(site), delayMs, run),
    happen: (site: string, delayMs: number, run: () => void) => world.happen(label(site), delayMs, run),
    chance: (site: string) => world.chance(label(site)),
    ...replaced,
  }
  return new Proxy(world, {
    get: (target, key) => {
      if (key in own) return own[key]
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
