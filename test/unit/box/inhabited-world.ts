/** A world with an agent in it, for the tests of the box. */

import { boundary } from '../../../src/box/boundary.js'
import { type Inhabitant, inhabit } from '../../../src/box/inhabit.js'
import { scopes } from '../../../src/box/scopes.js'
import type { Scope } from '../../../src/kernel/scope.js'
import { simplest } from '../../../src/kernel/source.js'
import { type Ending, World } from '../../../src/kernel/world.js'

export const epochMs = Date.UTC(2031, 0, 2, 3, 4, 5)

export interface Told {
  readonly leaks: { what: string; where: string; remedy: string }[]
  readonly unanswered: { method: string; url: string; where: string }[]
  readonly printed: string[]
  readonly rejections: string[]
  readonly exits: number[]
}

export interface Outcome extends Told {
  readonly world: World
  readonly scope: Scope
  readonly ending: Ending
  readonly value: unknown
  readonly error: unknown
}

export function emptyWorld(): World {
  return new World({
    source: simplest,
    scopes,
    boundary,
    epochMs,
    maxSteps: 10_000,
    horizonMs: 600_000,
    budgetMs: 3_600_000,
  })
}

export const scopeOf = (world: World, lane = 'run', incarnation = 1): Scope => ({
  world,
  incarnation,
  lane,
  call: undefined,
  attempt: undefined,
  deadline: undefined,
})

/** Runs the agent to the end of its world. The world is released when this resolves, so what is left over is dead. */
export async function live(
  agent: (world: World) => unknown,
  options: Partial<Inhabitant> & { world?: World } = {},
): Promise<Outcome> {
  const world = options.world ?? emptyWorld()
  const told: Told = { leaks: [], unanswered: [], printed: [], rejections: [], exits: [] }
  const home = inhabit(world, {
    network: () => undefined,
    leaks: 'strict',
    callSites: true,
    onLeak: (leak) => told.leaks.push(leak),
    onUnanswered: (request) => told.unanswered.push(request),
    onConsole: (stream, text) => told.printed.push(`${stream}: ${text}`),
    onRejection: (text) => told.rejections.push(text),
    onExit: (code) => told.exits.push(code),
    ...options,
  })
  const scope = scopeOf(world)
  let value: unknown
  let error: unknown
  const ending = await world.run(scope, () => {
    const root = (async () => agent(world))()
    root.then(
      (answer) => {
        value = answer
        world.rootSettled()
      },
      (reason) => {
        error = reason
        world.rootSettled()
      },
    )
  })
  home.release()
  return { ...told, world, scope, ending, value, error }
}

/** The answer of an agent that is expected to succeed. */
export async function answerOf<T>(agent: (world: World) => T, options: Partial<Inhabitant> = {}): Promise<Awaited<T>> {
  const outcome = await live(agent, options)
  if (outcome.error !== undefined) throw outcome.error
  return outcome.value as Awaited<T>
}

/** Runs code in a world that is over. */
export async function dead<T>(body: () => T): Promise<T> {
  const { scope } = await live(() => undefined)
  return scopes.run(scope, body)
}

/** Whether a promise has settled after a few real turns of the loop. */
export async function settles(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  promise.then(
    () => (settled = true),
    () => (settled = true),
  )
  for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => boundary(resolve))
  return settled
}
