/** Who is acting: the causal lane of the code that runs now. The box carries it through async code; the kernel only reads it. */

import type { World } from './world.js'

export interface Scope {
  readonly world: World
  /** Of the agent, from 1; a scope whose incarnation is over belongs to the dead. */
  readonly incarnation: number
  /** `run`, or the path of a call attempt `t1.c0/a1`. */
  readonly lane: string
  /** The call and attempt this lane carries out; undefined in the run's own lane. */
  readonly call: string | undefined
  readonly attempt: number | undefined
  /** When the caller stops waiting, in virtual milliseconds; undefined when it never does. */
  readonly deadline: number | undefined
}

export interface ScopePort {
  current(): Scope | undefined
  run<T>(scope: Scope, body: () => T): T
}

/** Whoever acts in the life that goes on now, on no call's behalf. */
export const laneScope = (world: World, lane: 'run' | 'user'): Scope => ({
  world,
  incarnation: world.incarnation,
  lane,
  call: undefined,
  attempt: undefined,
  deadline: undefined,
})

/** True while the scope's world goes on and its incarnation lives. */
export const isAlive = (scope: Scope): boolean => !scope.world.over && scope.world.isLiving(scope.incarnation)
