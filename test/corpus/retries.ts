/** Regressions for reported bugs of retries, breakers and rate limits. */

import type { Case } from './case.js'

export const retriesCases: readonly Case[] = [
  {
    id: 'B076',
    mutant: 'retry-after-raw',
    schedule: [
      ['model/t2/a1', 'model/http-error'],
      ['model/t2/a1@status', '429'],
    ],
  },
  { id: 'B086', mutant: 'probe-slot-leak', schedule: [['shape/crash-loop', 'shape/crash-loop']] },
]
