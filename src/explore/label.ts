/** Arithmetic on site labels, for shrinking: which operation a site belongs to, and the same site one attempt earlier. */

/** What carries a number that may move: attempts, tries of an append, ordinals of a label met again, turns. */
export type Ordinal = 'attempt' | 'try' | 'met' | 'turn'

const patterns: Readonly<Record<Ordinal, RegExp>> = {
  attempt: /\/a(\d+)/,
  try: /\/try-(\d+)/,
  met: /~(\d+)$/,
  turn: /(?<=[/#])t(\d+)/,
}

/** The lowest number each ordinal can have. `~0` is written as nothing. */
const lowest: Readonly<Record<Ordinal, number>> = { attempt: 1, try: 1, met: 0, turn: 1 }

export const ordinals = Object.keys(patterns) as readonly Ordinal[]

/** `payments.charge#t1.c0/a2@time~1` and `store/attempt-end/t1.c0/a1/try-1` → `t1.c0`; `model/t2/a1@status` → `t2`. */
export function callOf(label: string): string {
  const site = siteOf(label)
  const hash = site.indexOf('#')
  const path = hash >= 0 ? site.slice(hash + 1) : site.replace(/^store\/[^/]*\/|^model\//, '')
  return path.replace(/\/.*$/, '')
}

/** A label without its aspect (`@time`) and its ordinal (`~1`). */
const siteOf = (label: string): string => label.replace(/~\d+$/, '').replace(/@[^@]*$/, '')

export function ordinalOf(label: string, ordinal: Ordinal): number | undefined {
  const match = patterns[ordinal].exec(label)
  if (match) return Number(match[1])
  return ordinal === 'met' ? 0 : undefined
}

/** The label with one ordinal lower by one; undefined where that cannot be. */
export function lowered(label: string, ordinal: Ordinal): string | undefined {
  const number = ordinalOf(label, ordinal)
  if (number === undefined || number <= lowest[ordinal]) return undefined
  if (ordinal === 'met' && number === 1) return label.replace(patterns.met, '')
  return label.replace(patterns[ordinal], (text) => text.replace(/\d+$/, String(number - 1)))
}
