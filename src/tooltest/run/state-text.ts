/** The state of a service as one text: equal states, equal texts, whatever they keep their things in. */

import { canonical } from '../../core/json.js'

export const stateText = (state: unknown): string => canonical(plain(state))

function plain(value: unknown): unknown {
  if (value instanceof Map) return { map: [...value].map(([key, one]) => [key, plain(one)]).sort(byText) }
  if (value instanceof Set) return { set: [...value].map(plain).sort(byText) }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
}

function byText(one: unknown, other: unknown): number {
  const [first, second] = [canonical(one), canonical(other)]
  return first < second ? -1 : first > second ? 1 : 0
}
