/** The one error base of stormproof: misuse and broken assumptions only. What an operation did is an outcome, not an error. */

const brand = Symbol.for('stormproof.error')

/**
 * `usage` covers flags and files, `scenario` what a scenario asks that cannot be, `leak` what escaped the world,
 * `merge-refused` shards that do not make one campaign, `internal` our own bugs.
 */
export type ErrorCode =
  | 'usage'
  | 'config'
  | 'scenario'
  | 'unexpected-model-call'
  | 'unanswered-host'
  | 'leak'
  | 'corrupt-token'
  | 'unwritable'
  | 'nothing-selected'
  | 'nondeterminism'
  | 'merge-refused'
  | 'internal'

/** Says what was expected, what came (`message`) and what to do about it (`remedy`). */
export class StormproofError extends Error {
  readonly code: ErrorCode
  readonly remedy: string | undefined
  readonly [brand] = true

  constructor(code: ErrorCode, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StormproofError'
    this.code = code
    this.remedy = options.remedy
  }
}

/** Holds across duplicate installs of the package, where `instanceof` does not. */
export function isStormproofError(value: unknown): value is StormproofError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true
}
