/** Regressions for reported bugs of secrets, trust and time. */

import type { Case } from './case.js'

export const securityCases: readonly Case[] = [
  { id: 'B156', mutant: 'no-trust-label', schedule: [] },
  { id: 'B158', mutant: 'mask-by-top-level-key', schedule: [] },
  { id: 'B159', mutant: 'mask-keeps-the-beginning', schedule: [] },
  { id: 'B160', mutant: 'mask-by-top-level-key', schedule: [['till.pay#t1.c0/a1', 'tool/error']] },
  { id: 'B162', mutant: 'sort-by-timestamp', schedule: [['model/t1/a1', 'clock/same-tick']] },
  { id: 'B163', mutant: 'sort-by-timestamp', schedule: [['clock/wall', 'clock/skew']] },
  { id: 'B164', mutant: 'sort-by-timestamp', schedule: [['store/open/session/try-1', 'process/crash-after-effect']] },
]
