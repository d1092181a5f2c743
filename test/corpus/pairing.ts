/** Regressions for reported bugs of calls that were left without a result. */

import type { Case } from './case.js'
import { letterBesideDenial } from './places.js'

export const pairingCases: readonly Case[] = [
  {
    id: 'B019',
    mutant: 'keep-rejected-turn',
    schedule: [
      ['model/t1/a1', 'model/finish-reason'],
      ['model/t1/a1@cut', 'in-call'],
    ],
  },
  { id: 'B021', mutant: 'skipped-call-unanswered', place: letterBesideDenial, schedule: [] },
  { id: 'B023', mutant: 'only-last-request-heard', schedule: [] },
]
