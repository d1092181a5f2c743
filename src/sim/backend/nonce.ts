/** What the services stamp their values with, so that a value is told from every other by its bytes: fresh ids, and nonces. */

import { digest } from '../../core/digest.js'

/** How often each name was met. A map: a name is often the model's text, and `constructor` is one like any other. */
export class Met extends Map<string, number> {
  /** Whose data it is, where others have their own: no two of them share a nonce. */
  owner: readonly string[] = []
}

/** The state of a service that keeps the data of `owner`. */
export function ownedBy<S>(owner: string, state: S): S {
  for (const part of Object.values(state as object)) if (part instanceof Met) part.owner = [owner]
  return state
}

/**
 * `ch_A-7_1_5f0c92ab`: numbered within its name, so that it never depends on the order in which strangers arrived, and ended by
 * a nonce that nobody guesses.
 */
export function freshId(met: Met, prefix: string, name: string): string {
  const number = (met.get(name) ?? 0) + 1
  met.set(name, number)
  return `${prefix}_${name}_${number}_${nonceOf(prefix, name, number, ...met.owner)}`
}

/** Eight letters of one version of one thing: the same whenever it is read, others after each change. */
export const nonceOf = (...parts: readonly (string | number)[]): string => digest(parts).slice(0, 8)
