/** Regressions for reported bugs of calls that run side by side. */

import type { Case } from './case.js'
import { checkout, twoPermits } from './places.js'

export const parallelCases: readonly Case[] = [
  { id: 'B002', mutant: 'completion-order-results', schedule: [['payments.charge#t1.c0/a1@hold', '1']] },
  { id: 'B003', mutant: 'results-by-position', schedule: [['payments.charge#t1.c0/a1@hold', '1']] },
  { id: 'B004', mutant: 'batch-rendered-apart', schedule: [] },
  {
    id: 'B005',
    mutant: 'approval-id-from-clock',
    place: twoPermits,
    schedule: [
      ['model/t1/a1', 'clock/same-tick'],
      ['model/t1/a1@events', '5'],
    ],
  },
  { id: 'B007', mutant: 'module-level-session', schedule: [['run/sessions', 'isolation/concurrent-sessions']] },
  { id: 'B009', mutant: 'results-keyed-by-foreign-id', place: checkout, schedule: [['model/t1/a1', 'model/id-reuse']] },
  { id: 'B010', mutant: 'results-keyed-by-foreign-id', schedule: [['model/t1/a1', 'model/id-reuse']] },
  { id: 'B011', mutant: 'known-ids-left-out', schedule: [['model/t1/a1', 'model/id-reuse']] },
  { id: 'B013', mutant: 'results-gathered-by-id', schedule: [['model/t1/a1', 'model/id-reuse']] },
  { id: 'B015', mutant: 'module-level-session', schedule: [['run/sessions', 'isolation/concurrent-sessions']] },
]
