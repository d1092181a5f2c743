/** What a check of a user is given of an event: a copy that nothing can change, so that all who read the history read the same. */

import { copy } from '../core/json.js'

/** Whoever writes to it throws, which the watch tells of. */
export const ownCopy = <T>(value: T): T => frozen(copy(value))

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
