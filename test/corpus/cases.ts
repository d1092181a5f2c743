/** Every regression of the corpus, and the reports of which there can be none. */

import { approvalsCases } from './approvals.js'
import { boundsCases } from './bounds.js'
import { cancelCases } from './cancel.js'
import type { Case } from './case.js'
import { effectsCases } from './effects.js'
import { isolationCases } from './isolation.js'
import { pairingCases } from './pairing.js'
import { parallelCases } from './parallel.js'
import { resultsCases } from './results.js'
import { retriesCases } from './retries.js'
import { securityCases } from './security.js'
import { stateCases } from './state.js'
import { streamsCases } from './streams.js'

export const cases: readonly Case[] = [
  ...parallelCases,
  ...pairingCases,
  ...effectsCases,
  ...stateCases,
  ...cancelCases,
  ...retriesCases,
  ...streamsCases,
  ...boundsCases,
  ...resultsCases,
  ...approvalsCases,
  ...isolationCases,
  ...securityCases,
]

/** Why a report cannot be put back, by its number. */
export const inexpressible: Readonly<Record<string, string>> = {}
