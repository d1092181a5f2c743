/** Regressions for reported bugs of streamed answers. */

import type { Case } from './case.js'

export const streamsCases: readonly Case[] = [
  {
    id: 'B093',
    mutant: 'repair-truncated-args',
    schedule: [
      ['model/t1/a1', 'model/malformed-args'],
      ['model/t1/a1@kind', 'truncated'],
    ],
  },
  {
    id: 'B102',
    mutant: 'failure-finalised-as-completed',
    schedule: [
      ['model/t2/a1', 'model/http-error'],
      ['model/t2/a1@status', '400'],
    ],
  },
]
