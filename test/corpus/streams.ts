/** Regressions for reported bugs of streamed answers. */

import type { Case } from './case.js'
import { checkout } from './places.js'

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
    id: 'B095',
    mutant: 'cut-args-mended',
    schedule: [
      ['model/t1/a1', 'model/finish-reason'],
      ['model/t1/a1@cut', 'in-call'],
    ],
  },
  { id: 'B096', mutant: 'calls-merged', schedule: [] },
  { id: 'B097', mutant: 'calls-merged', place: checkout, schedule: [] },
  { id: 'B099', mutant: 'accumulator-by-index', schedule: [['model/t1/a1', 'model/finish-reason']] },
  { id: 'B100', mutant: 'error-frame-is-done', schedule: [['model/t1/a1', 'model/finish-reason']] },
  {
    id: 'B102',
    mutant: 'failure-finalised-as-completed',
    schedule: [
      ['model/t2/a1', 'model/http-error'],
      ['model/t2/a1@status', '429'],
      ['model/t2/a1@limit', 'quota'],
    ],
  },
]
