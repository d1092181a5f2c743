/** A value of a tool or a service in a few masked characters: long texts are cut before anybody looks at them. */

import type { Json } from '../../core/json.js'
import { mask } from '../../core/mask.js'
import { forTerminal } from '../../core/sanitize.js'
import { brief, cut } from '../brief.js'

const longest = 500
const most = 50

/** At most 120 characters, one line, without secrets that are known by their name or their shape. */
export const shownValue = (value: unknown): string => forTerminal(brief(mask(small(value, 0)), 120))

/** At most `limit` characters of a text, one line, masked. */
export const shownText = (text: string, limit = 120): string =>
  cut(forTerminal(String(mask(cut(text, Math.max(longest, limit))))), limit)

/** Enough of it to show. */
function small(value: unknown, depth: number): Json {
  if (typeof value === 'string') return cut(value, longest)
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json
  if (depth > 4) return '…'
  if (Array.isArray(value)) return value.slice(0, most).map((item) => small(item, depth + 1))
  const fields = Object.entries(value).slice(0, most)
  return Object.fromEntries(fields.map(([name, field]) => [cut(name, longest), small(field, depth + 1)]))
}
