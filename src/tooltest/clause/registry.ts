/** All clauses, in the order of the card. */

import type { Clause } from './clause.js'
import { idempotent } from './idempotent.js'
import { readOnly } from './read-only.js'
import { rejectsInvalidInput } from './rejects-invalid-input.js'
import { terminates } from './terminates.js'

export const clauses: readonly Clause[] = [rejectsInvalidInput, idempotent, terminates, readOnly]
