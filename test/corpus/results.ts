/** Regressions for reported bugs of what a tool was given and what it gave. */

import type { Case } from './case.js'
import { both, lookForErrors } from './places.js'

export const resultsCases: readonly Case[] = [
  { id: 'B117', mutant: 'unknown-tool-throws', schedule: [['model/t1/a1', 'model/unknown-tool']] },
  { id: 'B119', mutant: 'skipped-call-unanswered', schedule: [['model/t1/a1', 'model/unknown-tool']] },
  { id: 'B121', mutant: 'unknown-tool-throws', schedule: [['model/t1/a1', 'model/malformed-args']] },
  { id: 'B123', mutant: 'falsy-result-is-missing', schedule: [] },
  { id: 'B124', mutant: 'trace-truthiness', schedule: [['till.pay#t1.c0/a1', 'tool/falsy-result']] },
  { id: 'B125', mutant: 'error-flag-guessed', place: lookForErrors, schedule: [] },
  {
    id: 'B126',
    mutant: 'error-flag-guessed',
    schedule: [
      ['payments.charge#t1.c0/a1', 'tool/error'],
      ['payments.charge#t1.c0/a1@kind', 'permanent'],
    ],
  },
  {
    id: 'B128',
    mutant: 'error-flag-guessed',
    place: both,
    schedule: [
      ['office.look#t1.c0/a1', 'tool/error'],
      ['office.look#t1.c0/a1@kind', 'permanent'],
    ],
  },
]
