/** A user's own fault at a backend's operation. */

import type { AnyBackend, Draw, OpsOf } from '../../core/backend.js'
import { requireFields } from '../../core/definition.js'
import { StormproofError } from '../../core/error.js'
import { didYouMean } from '../../core/nearest.js'
import { definitionOf } from '../define-backend.js'

export interface Fault {
  readonly name: string
}

/** What stands behind the opaque `Fault` value. */
export interface CustomFault extends Fault {
  readonly says: string
  /** The backend's own name, whatever key a scenario gives it. */
  readonly backend: string
  readonly operation: string
  readonly before: ((input: any, draw: Draw) => Error) | undefined
  readonly after: ((answer: any, draw: Draw) => unknown) | undefined
  readonly tolerated: boolean
}

/**
 * One thing that may go wrong at one operation. `before`: the effect does not happen and the caller gets this error;
 * `after`: it has happened, and the caller gets this answer or error. Throws a `scenario` error when neither is given.
 */
export function defineFault<B extends AnyBackend, K extends keyof OpsOf<B> & string>(fault: {
  name: `${string}/${string}`
  says: string
  backend: B
  operation: K
  /** The effect does not happen; the caller gets this error. */
  before?: (input: OpsOf<B>[K]['input'], draw: Draw) => Error
  /** The effect has happened; the caller gets this answer, or this error. */
  after?: (answer: OpsOf<B>[K]['output'], draw: Draw) => OpsOf<B>[K]['output'] | Error
  /** Default true: a correct agent keeps every promise under it. */
  tolerated?: boolean
}): Fault {
  requireFields('scenario', 'a fault', fault, ['name', 'says', 'backend', 'operation', 'before', 'after', 'tolerated'])
  if (!fault.before && !fault.after)
    throw new StormproofError('scenario', `fault "${fault.name}" does nothing`, {
      remedy: 'give it `before` or `after`',
    })
  const operations = Object.keys(definitionOf(fault.backend).operations)
  if (!operations.includes(fault.operation))
    throw new StormproofError(
      'scenario',
      `fault "${fault.name}": backend "${fault.backend.name}" has no operation "${fault.operation}"`,
      { remedy: didYouMean(fault.operation, operations, `its operations are ${operations.join(', ')}`) },
    )
  const custom: CustomFault = {
    name: fault.name,
    says: fault.says,
    backend: fault.backend.name,
    operation: fault.operation,
    before: fault.before,
    after: fault.after,
    tolerated: fault.tolerated ?? true,
  }
  return custom
}

export const customFaultOf = (fault: Fault): CustomFault => fault as CustomFault
