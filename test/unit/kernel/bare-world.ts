/** A world without box or agent, for the tests of the kernel: its root is a function that uses the world directly. */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Scope, ScopePort } from '../../../src/kernel/scope.js'
import { simplest } from '../../../src/kernel/source.js'
import { type Ending, World, type WorldOptions } from '../../../src/kernel/world.js'

export const epochMs = 1_900_000_000_000

const storage = new AsyncLocalStorage<Scope>()
export const scopes: ScopePort = { current: () => storage.getStore(), run: (scope, body) => storage.run(scope, body) }

export function bareWorld(options: Partial<WorldOptions> = {}): World {
  return new World({
    source: simplest,
    scopes,
    boundary: (then) => void setImmediate(then),
    epochMs,
    maxSteps: 1_000,
    horizonMs: 10_000,
    budgetMs: 100_000,
    ...options,
  })
}

export const scopeOf = (world: World, incarnation = world.incarnation): Scope => ({
  world,
  incarnation,
  lane: 'run',
  call: undefined,
  attempt: undefined,
  deadline: undefined,
})

export const run = (world: World, root: () => void): Promise<Ending> => world.run(scopeOf(world), root)
