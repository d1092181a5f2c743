/** What an error that nobody declared says of itself: for log lines alone. Engines write it, or whoever is asked. */

import { isModelError } from './model.js'
import { isPartialEffect, isToolFailure } from './tool.js'

const deepest = 4
const longest = 10_000

/** Class, code and message of an error and of what caused it, no stack. Undefined for one that a log tells already. Never throws. */
export function errorWords(error: unknown): string | undefined {
  try {
    const isTold = isToolFailure(error) || isPartialEffect(error) || isModelError(error)
    const all = chain(isTold ? error.cause : error)
    return all.length > 0 ? all.map(wordsOf).join(', because ').slice(0, longest) : undefined
  } catch {
    return 'what cannot be read'
  }
}

function chain(error: unknown): readonly unknown[] {
  const all: unknown[] = []
  for (let one = error; one !== undefined && one !== null && all.length < deepest; one = (one as Error).cause) {
    all.push(one)
  }
  return all
}

function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { name, message, code } = error as { name?: unknown; message?: unknown; code?: unknown }
  const said = typeof message === 'string' ? message : ''
  const extra = typeof code === 'string' && !said.includes(code) ? ` (${code})` : ''
  return `${typeof name === 'string' ? name : 'an object'}${extra}${said === '' ? '' : `: ${said}`}`
}
