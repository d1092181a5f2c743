/** What the box keeps for one world: who listens to it, and the timers its code may name or has let go of. */

import type { Timer } from '../core/clock.js'
import type { World } from '../kernel/world.js'

/** Answers a request of the agent; undefined when nobody answers this host. */
export type Network = (
  url: string,
  init: RequestInit | undefined,
  request: Request | undefined,
) => Promise<Response> | undefined

/** Something that escaped the world: what it was, the file and line of the user's code that did it (`''` if none), the way out. */
export interface Leak {
  readonly what: string
  readonly where: string
  readonly remedy: string
}

export interface UnansweredRequest {
  readonly method: string
  readonly url: string
  readonly where: string
}

/** How a world is lived in: who answers, and who is told. */
export interface Inhabitant {
  readonly network: Network
  /** `strict`: what would escape throws. `warn`: it is told and goes on for real. */
  readonly leaks: 'strict' | 'warn'
  /** Whether ordinary requests are worth a call site; leaks always are. */
  readonly callSites: boolean
  /** Lets `node:http` and `node:https` requests through, because somebody answers them below. Default false. */
  readonly nodeHttp?: boolean
  onLeak(leak: Leak): void
  onUnanswered(request: UnansweredRequest): void
  onConsole(stream: 'log' | 'error', text: string): void
  /** A rejection nobody handled, or an exception nobody caught: class and first line. */
  onRejection(text: string): void
  onExit(code: number): void
}

export interface Habitat {
  inhabitant: Inhabitant | undefined
  /** The root has settled: what does not keep a process alive does not keep the world alive. */
  settled: boolean
  nextTimerId: number
  /** Timers whose number was asked for, so that `clearTimeout(number)` finds them. */
  readonly timersById: Map<number, Timer>
  readonly unreferenced: Set<Timer>
}

const slot = Symbol.for('stormproof.habitat')

/** The habitat of a world, made on first use. */
export function habitatOf(world: World): Habitat {
  let habitat = world.kept.get(slot) as Habitat | undefined
  if (habitat === undefined) {
    habitat = {
      inhabitant: undefined,
      settled: false,
      nextTimerId: 1,
      timersById: new Map(),
      unreferenced: new Set(),
    }
    world.kept.set(slot, habitat)
  }
  return habitat
}

/** Who listens to this world, if anyone does. */
export const inhabitantOf = (world: World): Inhabitant | undefined =>
  (world.kept.get(slot) as Habitat | undefined)?.inhabitant
