/** Whose error it is: what a scenario hands in (script, state, `agent`, `success`) runs inside ours, and may throw. */

import { throwSite } from '../box/call-site.js'
import { errorText } from '../box/uncaught.js'
import { isStormproofError, StormproofError } from '../core/error.js'

/** A `scenario` error with its place for what the user's code threw; anything else as it is. */
export function blamed(error: unknown): unknown {
  if (isStormproofError(error) || !(error instanceof Error)) return error
  const where = throwSite(error.stack ?? '')
  if (where === '') return error
  return new StormproofError('scenario', `a function of the scenario threw ${errorText(error)}, at ${where}`, {
    remedy: 'the script, the state of a backend, `agent` and `success` must take what comes, and not throw',
    cause: error,
  })
}
