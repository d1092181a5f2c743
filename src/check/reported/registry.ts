/** Every reported bug that is replayed here: a new one is an entry in the file of its kind, and a case in `test/corpus`. */

import { approvalsBugs } from './approvals.js'
import { boundsBugs } from './bounds.js'
import { cancelBugs } from './cancel.js'
import { effectsBugs } from './effects.js'
import { isolationBugs } from './isolation.js'
import { pairingBugs } from './pairing.js'
import { parallelBugs } from './parallel.js'
import type { ReportedBug } from './reported-bug.js'
import { resultsBugs } from './results.js'
import { retriesBugs } from './retries.js'
import { securityBugs } from './security.js'
import { stateBugs } from './state.js'
import { streamsBugs } from './streams.js'

export const reportedBugs: readonly ReportedBug[] = [
  ...parallelBugs,
  ...pairingBugs,
  ...effectsBugs,
  ...stateBugs,
  ...cancelBugs,
  ...retriesBugs,
  ...streamsBugs,
  ...boundsBugs,
  ...resultsBugs,
  ...approvalsBugs,
  ...isolationBugs,
  ...securityBugs,
]

/** The bugs that break this promise. */
export const reportsOf = (invariant: string): readonly ReportedBug[] =>
  reportedBugs.filter(({ breaks }) => breaks.includes(invariant))
