/** Regressions for reported bugs of what was done or said twice. */

import type { Case } from './case.js'
import { letterAndSurvey, letterBesidePermit, lettersThenPermit, permit, twoLooks, twoPermits } from './places.js'

export const effectsCases: readonly Case[] = [
  {
    id: 'B024',
    mutant: 'resume-starts-anew',
    place: letterAndSurvey,
    schedule: [['office.post#t1.c0/a1', 'process/redeliver']],
  },
  { id: 'B026', mutant: 'resume-ignores-settled', place: letterBesidePermit, schedule: [] },
  { id: 'B028', mutant: 'approval-not-consumed', schedule: [['approval.decide#t1.c0/lead', 'approval/duplicate']] },
  { id: 'B029', mutant: 'persist-counter-reset', place: permit, schedule: [] },
  { id: 'B030', mutant: 'persist-counter-reset', place: twoPermits, schedule: [] },
  { id: 'B031', mutant: 'resume-starts-anew', place: lettersThenPermit, schedule: [] },
  { id: 'B032', mutant: 'resume-starts-anew', place: twoLooks, schedule: [['model/t1/a1', 'process/replay-per-step']] },
  { id: 'B033', mutant: 'falsy-result-is-missing', schedule: [['till.pay#t1.c0/a1', 'tool/falsy-result']] },
  { id: 'B035', mutant: 'key-per-attempt', schedule: [['payments.charge#t1.c0/a1', 'tool/timeout-after-effect']] },
  {
    id: 'B036',
    mutant: 'reissue-not-matched',
    schedule: [
      ['office.post#t1.c0/a1', 'tool/timeout-after-effect'],
      ['model/t2@reaction', 'again'],
    ],
  },
]
