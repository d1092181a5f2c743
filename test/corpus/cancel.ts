/** Regressions for reported bugs of what was cancelled, timed out or came late. */

import type { Case } from './case.js'
import { letterAndNap } from './places.js'

export const cancelCases: readonly Case[] = [
  {
    id: 'B064',
    mutant: 'no-drain-on-error',
    schedule: [
      ['office.post#t1.c0/a1', 'tool/error'],
      ['office.post#t1.c0/a1@kind', 'permanent'],
    ],
  },
  { id: 'B066', mutant: 'abort-is-tool-error', place: letterAndNap, schedule: [['run/cancel', 'user/cancel']] },
  {
    id: 'B067',
    mutant: 'terminal-not-absorbing',
    schedule: [['store/run-end/run/try-1', 'process/crash-after-effect']],
  },
  { id: 'B068', mutant: 'abort-is-tool-error', schedule: [['run/cancel', 'user/cancel']] },
  { id: 'B070', mutant: 'timeout-means-failed', schedule: [['payments.charge#t1.c0/a1', 'tool/timeout-after-effect']] },
  { id: 'B072', mutant: 'no-tool-timeout', schedule: [['office.post#t1.c0/a1@time', 'never']] },
  {
    id: 'B073',
    mutant: 'late-result-into-context',
    schedule: [
      ['shape/hold-then-flush', 'shape/hold-then-flush'],
      ['office.post#t1.c0/a1@time', 'at-deadline'],
    ],
  },
  { id: 'B074', mutant: 'late-result-into-context', schedule: [['office.post#t1.c0/a1@time', 'after-turn']] },
  {
    id: 'B075',
    mutant: 'late-result-into-context',
    schedule: [
      ['shape/hold-then-flush', 'shape/hold-then-flush'],
      ['office.post#t1.c0/a1@time', 'at-deadline'],
    ],
  },
]
