/** JSON values and their one canonical text: keys sorted, nothing that JSON cannot say. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** True for values that survive `JSON.parse(JSON.stringify(value))` unchanged; NaN, undefined, dates and functions do not. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  // `findIndex` visits holes, which `every` skips.
  if (Array.isArray(value)) return value.findIndex((item) => !isJson(item)) < 0
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson)
}

/** Equal values give equal texts, whatever the order of their keys. `undefined` fields vanish and `toJSON` is asked, as JSON has it. */
export function canonical(value: unknown): string {
  // A bigint is no JSON; its digits are text enough to tell two apart.
  if (typeof value === 'bigint') return `"${value}n"`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) {
    let text = '['
    for (let i = 0; i < value.length; i++) text += i === 0 ? canonical(value[i]) : `,${canonical(value[i])}`
    return `${text}]`
  }
  const source = value as Record<string, unknown>
  if (typeof source['toJSON'] === 'function') return canonical(source['toJSON'](''))
  let text = '{'
  for (const key of sortedKeys(source)) {
    const field = source[key]
    if (field !== undefined) text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonical(field)}`
  }
  return `${text}}`
}

/** Whether two values have one canonical text; without writing it where they are alike in the plain way. */
export const sameCanonical = (a: unknown, b: unknown): boolean => alike(a, b) || canonical(a) === canonical(b)

/** True only for values whose canonical texts are equal; not for all of them. */
function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => alike(item, b[at]))
  if (Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return keys.every((key) => Object.hasOwn(other, key) && alike(one[key], other[key]))
}

/** By UTF-16 code units, as `sort()` has it. Most objects have few keys, written in order: those are left alone, or moved in place. */
function sortedKeys(source: Record<string, unknown>): string[] {
  const keys = Object.keys(source)
  if (keys.length > fewKeys) return keys.sort()
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string
    let at = i
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string
    keys[at] = key
  }
  return keys
}

/** `sort()` allocates half a kilobyte at every call. */
const fewKeys = 16

/** A structural copy: what crosses a port must not be shared with the other side. */
export function copy<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(copy) as T
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return structuredClone(value)
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const field = copy((value as Record<string, unknown>)[key])
    // Assigned, this key would set the prototype and be lost: JSON.parse makes it an ordinary field, so a model can send it.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value: field, enumerable: true, writable: true, configurable: true })
    else result[key] = field
  }
  return result as T
}
