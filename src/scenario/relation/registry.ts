/** Every relation between two trials that a storm may choose. */

import { aloneOrBeside } from './alone-or-beside.js'
import { chunking } from './chunking.js'
import { crashAnywhere } from './crash-anywhere.js'
import { permuteCompletions } from './permute-completions.js'
import { redeliveredRun } from './redelivered-run.js'
import type { Relation } from './relation.js'
import { suspendOrInline } from './suspend-or-inline.js'

export const relations: readonly Relation[] = [
  crashAnywhere,
  permuteCompletions,
  suspendOrInline,
  chunking,
  aloneOrBeside,
  redeliveredRun,
]
