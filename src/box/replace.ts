/** Puts a shim in the place of a function so that nobody outside a simulation can tell. */

export type AnyFunction = (this: any, ...args: any[]) => any

/** Replaces `target[name]` by what `make` builds around the original; does nothing where there is no such function. */
export function replace(target: object, name: PropertyKey, make: (original: AnyFunction) => AnyFunction): void {
  const descriptor = descriptorOf(target, name)
  const original: unknown = descriptor?.value
  if (descriptor === undefined || typeof original !== 'function') return
  Object.defineProperty(target, name, { ...descriptor, value: disguise(make(original as AnyFunction), original) })
}

/** The same for an accessor, such as `performance.timeOrigin`. */
export function replaceGetter(target: object, name: PropertyKey, make: (original: () => any) => () => any): void {
  const descriptor = descriptorOf(target, name)
  if (descriptor?.get === undefined) return
  Object.defineProperty(target, name, { ...descriptor, get: make(descriptor.get) })
}

/** Gives a shim the name, length, source text and own properties (`util.promisify.custom`, `hrtime.bigint`) of its original. */
export function disguise<T extends object>(shim: T, original: object): T {
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key)
    if (key === 'prototype' || descriptor === undefined) continue
    Object.defineProperty(shim, key, descriptor)
  }
  const text = (): string => Function.prototype.toString.call(original)
  Object.defineProperty(shim, 'toString', { value: text, writable: true, enumerable: false, configurable: true })
  return shim
}

function descriptorOf(target: object, name: PropertyKey): PropertyDescriptor | undefined {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, name)
    if (descriptor !== undefined) return descriptor
  }
  return undefined
}
