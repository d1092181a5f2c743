/** The one box of a process: state that duplicate copies of this package must share, kept on `globalThis`. */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Scope } from '../kernel/scope.js'
import type { Real } from './real.js'

/** Request-like native work that code inside a simulation has started and that has not called back. */
export interface NativeWork {
  /** By asynchronous id. */
  readonly pending: Map<number, PendingWork>
  /** Code inside a simulation has queued a real immediate since the last look: one more turn of the loop is due. */
  immediates: boolean
  /** True while the boundary queues its own immediates, which are not the agent's. */
  ours: boolean
  watched: boolean
}

export interface PendingWork {
  readonly type: string
  readonly scope: Scope
  /** How many callbacks are still to come. */
  outstanding: number
}

export interface Box {
  readonly storage: AsyncLocalStorage<Scope>
  readonly native: NativeWork
  readonly keys: { holders: number; readonly originals: Map<string, string | undefined> }
  real: Real | undefined
  installed: boolean
}

const key = Symbol.for('stormproof.box')

function create(): Box {
  return {
    storage: new AsyncLocalStorage<Scope>(),
    native: { pending: new Map(), immediates: false, ours: false, watched: false },
    keys: { holders: 0, originals: new Map() },
    real: undefined,
    installed: false,
  }
}

const slots = globalThis as unknown as Record<symbol, Box | undefined>
if (slots[key] === undefined) slots[key] = create()

export const box: Box = slots[key]
