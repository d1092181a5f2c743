/** Errors that nobody handled inside a simulation: told to the world they belong to, swallowed when it is dead, Node's business otherwise. */

import { isAlive, type Scope } from '../kernel/scope.js'
import { inhabitantOf } from './habitat.js'
import { replace } from './replace.js'
import { box } from './shared-box.js'

/** Class and first line of the message: no stack, no engine text beyond it. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error) && !isErrorLike(error)) return String(error).split('\n', 1)[0] as string
  const name = error.name === 'Error' ? (error.constructor?.name ?? 'Error') : error.name
  return `${name}: ${String(error.message).split('\n', 1)[0]}`
}

/** An exception that left a callback of the world. */
export function reportUncaught(scope: Scope, error: unknown): void {
  const inhabitant = inhabitantOf(scope.world)
  if (inhabitant === undefined) throw error
  inhabitant.onRejection(`uncaught exception: ${errorText(error)}`)
}

/**
 * Stands before the listeners, not among them: a listener would change what Node does with everybody else's errors, and another
 * listener (a test runner's) would hear of ours.
 */
export function installUncaught(): void {
  replace(
    process,
    'emit',
    (original) =>
      function (this: unknown, ...args: unknown[]): unknown {
        const [name, error] = args
        const caught = name === 'unhandledRejection' || name === 'uncaughtException'
        return caught && belongsToWorld(name, error) ? true : Reflect.apply(original, this, args)
      },
  )
}

function belongsToWorld(name: 'unhandledRejection' | 'uncaughtException', error: unknown): boolean {
  const scope = box.storage.getStore()
  if (scope === undefined) return false
  if (!isAlive(scope)) return true
  const inhabitant = inhabitantOf(scope.world)
  if (inhabitant === undefined) return false
  if (name === 'unhandledRejection') inhabitant.onRejection(errorText(error))
  else reportUncaught(scope, error)
  return true
}

function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value
}
