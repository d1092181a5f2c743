/** Enough of a value to show: long texts, long lists and deep nests are cut before anybody masks or writes them. */

import type { Json } from '../core/json.js'
import { cut } from './brief.js'

/** In UTF-16 units. */
export const longestField = 500
const mostItems = 50
const deepest = 4

export function small(value: unknown, longest = longestField, depth = 0): Json {
  if (typeof value === 'string') return cut(value, longest)
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json
  if (depth > deepest) return '…'
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => small(item, longest, depth + 1))
  const fields = Object.entries(value).slice(0, mostItems)
  return Object.fromEntries(fields.map(([name, field]) => [cut(name, longest), small(field, longest, depth + 1)]))
}
