/** Regressions for reported bugs of windows, limits and budgets. */

import type { Case } from './case.js'
import { lastTurn } from './places.js'

export const boundsCases: readonly Case[] = [
  { id: 'B104', mutant: 'trim-splits-pair', schedule: [['model/t1/a1', 'model/malformed-args']] },
  { id: 'B110', mutant: 'loop-exits-one-early', schedule: [['model/t1/a1', 'model/loop']] },
  { id: 'B111', mutant: 'loop-exits-one-early', place: lastTurn, schedule: [] },
  { id: 'B116', mutant: 'charge-after-launch', schedule: [] },
]
