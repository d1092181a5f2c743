/** What a call returns is the same after it has been written as JSON and read again: the model sees nothing else. */

import { broken, type Clause, held, skip } from './clause.js'
import { oneCall } from './one-call.js'

export const roundTrips: Clause = {
  name: 'round-trips',
  says: 'results round-trip as JSON',
  weight: 1,
  plays: 1,
  forReal: true,
  beside: () => undefined,
  cases: (kit) => oneCall(kit),
  judge: ([history]) => {
    const outcome = history?.calls[0]?.outcome
    if (outcome?.kind !== 'returned') return skip
    const lost = lostIn(outcome.value, '')
    return lost ? broken(lost) : held
  },
  kept: (exercised) => `${exercised} of ${exercised}`,
}

const deepest = 100

/** What JSON does not say as it is, and where; undefined when it says all. A field that is undefined is one that is not there. */
function lostIn(value: unknown, path: string, depth = 0): string | undefined {
  const at = path === '' ? 'the result' : path.replace(/^\./, '')
  if (depth > deepest) return 'the result holds itself'
  if (typeof value === 'number' && !Number.isFinite(value)) return `${at} is ${value}, which becomes null`
  if (['bigint', 'function', 'symbol'].includes(typeof value))
    return `${at} is a ${typeof value}, which JSON does not have`
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    if (value.includes(undefined)) return `${at} has an item that is undefined, which becomes null`
    return first(value.map((item, index) => () => lostIn(item, `${path}[${index}]`, depth + 1)))
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null && !isJsonClass(value))
    return `${at} is a ${(value as object).constructor?.name ?? 'class'}, of which JSON keeps ${JSON.stringify(JSON.stringify(value)) ?? 'nothing'}`
  return first(
    Object.entries(value).map(
      ([name, one]) =>
        () =>
          lostIn(one, `${path}.${name}`, depth + 1),
    ),
  )
}

/** An instance of a class that has nothing but its fields. */
const isJsonClass = (value: object): boolean =>
  !('toJSON' in value) &&
  !(value instanceof Map || value instanceof Set || value instanceof Error || ArrayBuffer.isView(value)) &&
  Object.keys(value).length > 0

function first(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const found = look()
    if (found !== undefined) return found
  }
  return undefined
}
