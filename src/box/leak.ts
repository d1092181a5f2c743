/** Leaks: what would leave the world for the real network, file system or another process. */

import { StormproofError } from '../core/error.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { currentStack, userFrame } from './call-site.js'
import { inhabitantOf } from './habitat.js'
import { never } from './never.js'
import { type AnyFunction, replace } from './replace.js'
import { box } from './shared-box.js'
import { isRealFetch, takenEarly, takenEarlyRemedy } from './taken-early.js'

/** What a call would touch, in words (`a socket to localhost:5432`); undefined when this call is harmless. `self`: its `this`. */
export type Describe = (args: any[], scope: Scope, self: unknown) => string | undefined

export const leakRemedy =
  'give the agent a client that the scenario passes in, mock the module that does it, or simulate the service as a backend'

/** Tells the world, then throws unless the world only warns; the dead are refused without a word. */
function leak(scope: Scope, touched: string): void {
  const inhabitant = inhabitantOf(scope.world)
  const stack = currentStack()
  const where = userFrame(stack)
  const early = isRealFetch(stack)
  const what = early ? `${takenEarly('fetch')} (${touched})` : touched
  const remedy = early ? takenEarlyRemedy : leakRemedy
  if (isAlive(scope)) {
    inhabitant?.onLeak({ what, where, remedy })
    if (inhabitant?.leaks === 'warn') return
  }
  throw new StormproofError('leak', `${what} from inside a simulation${where && `, at ${where}`}`, { remedy })
}

/** Watches `target[name]`. `promised` ones reject where others throw. */
export function guard(target: object, name: PropertyKey, describe: Describe, promised = false): void {
  replace(target, name, (original) => guarded(original, describe, promised))
}

export function guarded(original: AnyFunction, describe: Describe, promised: boolean): AnyFunction {
  return function (this: unknown, ...args: unknown[]): unknown {
    const scope = box.storage.getStore()
    const what = scope && describe(args, scope, this)
    if (scope !== undefined && what !== undefined) {
      if (promised && !isAlive(scope)) return never()
      try {
        leak(scope, what)
      } catch (error) {
        if (promised) return Promise.reject(error)
        throw error
      }
    }
    return Reflect.apply(original, this, args)
  }
}
