/** Gives an attempt its idempotency key, which is bound to the arguments. */

import { digest } from '../../core/digest.js'
import { StormproofError } from '../../core/error.js'
import type { Layer } from './layer.js'

export const keyed: Layer = (next) => (work) => {
  const { run, call } = work
  const { intent } = call
  if (digest(intent.args) !== intent.argsDigest) {
    throw new StormproofError('internal', `the arguments of ${intent.call} are not those its key was made for`)
  }
  return next({ ...work, key: run.parts.attemptKey(intent, call.attempts + 1) })
}
