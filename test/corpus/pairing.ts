/** Regressions for reported bugs of calls that were left without a result. */

import type { Case } from './case.js'
import { letterAndSurvey, letterBesideDenial } from './places.js'

export const pairingCases: readonly Case[] = [
  { id: 'B017', mutant: 'cut-call-unanswered', schedule: [['office.post#t1.c0/a1', 'process/crash-after-effect']] },
  {
    id: 'B018',
    mutant: 'cut-call-unanswered',
    place: letterAndSurvey,
    schedule: [['office.post#t1.c0/a1@time', 'never']],
  },
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
