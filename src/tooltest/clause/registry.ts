/** All clauses, in the order of the card. */

import { bounded } from './bounded.js'
import type { Clause } from './clause.js'
import { compensates } from './compensates.js'
import { concurrentSafe } from './concurrent-safe.js'
import { deterministic } from './deterministic.js'
import { errorsTyped } from './errors-typed.js'
import { honoursAbort } from './honours-abort.js'
import { idempotent } from './idempotent.js'
import { noInjection } from './no-injection.js'
import { noSecret } from './no-secret.js'
import { outputFitsSchema } from './output-fits-schema.js'
import { partialTold } from './partial-told.js'
import { readOnly } from './read-only.js'
import { rejectsInvalidInput } from './rejects-invalid-input.js'
import { roundTrips } from './round-trips.js'
import { terminates } from './terminates.js'
import { timeoutsSane } from './timeouts-sane.js'

export const clauses: readonly Clause[] = [
  rejectsInvalidInput,
  idempotent,
  honoursAbort,
  errorsTyped,
  partialTold,
  terminates,
  timeoutsSane,
  concurrentSafe,
  bounded,
  noInjection,
  noSecret,
  roundTrips,
  deterministic,
  outputFitsSchema,
  compensates,
  readOnly,
]
