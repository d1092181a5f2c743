/** What a check of a user is given of the world: nothing can change it, so that all who read the history read the same. */

import { copy } from './json.js'

/** A copy. Whoever writes to it throws, which the watch tells of. */
export function ownCopy<T>(value: T): T {
  const own = copy(value)
  freeze(own, true)
  return own
}

/** The value itself, as far as it is made of plain objects and lists; where something else is in it, what holds that stays as it was. */
export function frozen<T>(value: T): T {
  freeze(value, false)
  return value
}

/** What `frozen` could freeze whole is shared; anything else is copied. */
export const shareable = <T>(value: T): T =>
  typeof value !== 'object' || value === null || Object.isFrozen(value) ? value : ownCopy(value)

/** Whether nothing in it can change any more: a date or a map can, frozen or not. */
function freeze(value: unknown, always: boolean): boolean {
  if (typeof value !== 'object' || value === null) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  let whole = prototype === Object.prototype || prototype === Array.prototype || prototype === null
  for (const part of Object.values(value)) whole = freeze(part, always) && whole
  if (whole || always) Object.freeze(value)
  return whole
}
