/** Regressions for reported bugs of windows, limits and budgets. */

import type { Case } from './case.js'
import { lastTurn, letterOfThree } from './places.js'

export const boundsCases: readonly Case[] = [
  { id: 'B104', mutant: 'trim-splits-pair', schedule: [['model/t1/a1', 'model/malformed-args']] },
  { id: 'B106', mutant: 'trim-splits-pair', schedule: [['model/t1/a1', 'model/wide-batch']] },
  { id: 'B107', mutant: 'trim-splits-pair', schedule: [['model/t1/a1', 'model/loop']] },
  {
    id: 'B109',
    mutant: 'summary-error-as-history',
    schedule: [
      ['context.summarise', 'context/summary-fail'],
      ['context.summarise@kind', 'error-text'],
    ],
  },
  { id: 'B110', mutant: 'loop-exits-one-early', schedule: [['model/t1/a1', 'model/loop']] },
  { id: 'B111', mutant: 'loop-exits-one-early', place: lastTurn, schedule: [] },
  {
    id: 'B112',
    mutant: 'limit-counts-other-runs',
    place: letterOfThree,
    schedule: [['office.look#t2.c0/a1', 'process/crash-after-effect']],
  },
  { id: 'B115', mutant: 'zero-means-unlimited', schedule: [] },
  { id: 'B116', mutant: 'charge-after-launch', schedule: [] },
]
