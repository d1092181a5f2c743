/** What authors write, checked: a field that no definition has is a promise that nobody would keep. */

import { type ErrorCode, StormproofError } from './error.js'
import { didYouMean } from './nearest.js'

/** What came, short enough for a message: a text in quotes, so that `"5"` is not taken for 5. */
export function came(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  return typeof value === 'object' && value !== null
    ? 'an object'
    : typeof value === 'function'
      ? 'a function'
      : String(value)
}

/** Throws unless `given` is an object of no other fields than these. */
export function requireFields(code: ErrorCode, what: string, given: unknown, fields: readonly string[]): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new StormproofError(code, `${what} must be an object, not ${came(given)}`, {
      remedy: `its fields are ${fields.join(', ')}`,
    })
  }
  for (const name of Object.keys(given)) {
    if (fields.includes(name)) continue
    throw new StormproofError(code, `${what} has no field ${JSON.stringify(name)}`, {
      remedy: didYouMean(name, fields, `its fields are ${fields.join(', ')}`),
    })
  }
}

/** Throws a `config` error unless `given` is an object of no other fields than these; it goes by its name, where it has one. */
export function requireNamed(what: string, given: unknown, fields: readonly string[]): void {
  const { name } = (given ?? {}) as { name?: unknown }
  requireFields('config', `${what} ${String(name ?? '')}`.trim(), given, fields)
}

/** Throws unless `given` carries the mark of what `by` makes. */
export function requireMade(what: string, given: unknown, mark: '~tools' | '~model' | '~store', by: string): void {
  if (typeof given === 'object' && given !== null && mark in given) return
  throw new StormproofError('config', `${what} must be what ${by} makes, not ${came(given)}`, { remedy: `use ${by}` })
}

/** Throws unless `given` is one of the words. */
export function requireWord(code: ErrorCode, what: string, given: unknown, words: readonly string[]): void {
  if (words.includes(given as string)) return
  throw new StormproofError(code, `${what} must be ${words.join(' or ')}, not ${came(given)}`, {
    remedy: typeof given === 'string' ? didYouMean(given, words, 'correct it') : 'correct it',
  })
}

/** Throws a `config` error that says `problem`, unless it holds. */
export function requireThat(
  holds: boolean,
  problem: string,
  remedy = 'correct it, or leave it out for its default',
): void {
  if (!holds) throw new StormproofError('config', problem, { remedy })
}

/** Throws a `config` error for the first that is no whole number in the range. */
export function requireWhole(of: string, given: Readonly<Record<string, number>>, least: number, most?: number): void {
  const range = most === undefined ? `${least}` : `${least} to ${most}`
  for (const [field, value] of Object.entries(given)) {
    const isIn = Number.isSafeInteger(value) && value >= least && value <= (most ?? value)
    requireThat(isIn, `${of}.${field} must be a whole number from ${range}, not ${came(value)}`)
  }
}
