/** `Date` that reads the world's wall clock inside a simulation; the dead read the last wall time of theirs. */

import { real } from './real.js'
import { disguise } from './replace.js'
import { box } from './shared-box.js'

export function installDate(): void {
  globalThis.Date = dispatchingDate(real.Date)
}

function dispatchingDate(RealDate: DateConstructor): DateConstructor {
  const storage = box.storage
  const realNow = RealDate.now
  function shim(...args: unknown[]): unknown {
    const scope = storage.getStore()
    if (new.target === undefined) return scope === undefined ? RealDate() : new RealDate(scope.world.wall).toString()
    const given = args.length > 0 || scope === undefined ? args : [scope.world.wall]
    return Reflect.construct(RealDate, given, new.target === shim ? RealDate : new.target)
  }
  const disguised = disguise(shim, RealDate) as unknown as DateConstructor
  // One prototype for both: `instanceof` holds for instances of either, and of subclasses of either.
  Object.defineProperty(disguised, 'prototype', { value: RealDate.prototype, writable: false })
  Object.defineProperty(RealDate.prototype, 'constructor', { value: disguised, writable: true, configurable: true })
  const now = (): number => {
    const scope = storage.getStore()
    return scope === undefined ? realNow() : scope.world.wall
  }
  // Who took the real constructor earlier meets the same `now`; what `new` of it says is beyond us.
  for (const target of [disguised, RealDate])
    Object.defineProperty(target, 'now', { value: disguise(now, realNow), writable: true, configurable: true })
  return disguised
}
