/** Regressions for reported bugs of sessions beside each other, and subagents. */

import type { Case } from './case.js'
import { manyLooks, review } from './places.js'

export const isolationCases: readonly Case[] = [
  { id: 'B140', mutant: 'module-level-session', schedule: [['run/sessions', 'isolation/concurrent-sessions']] },
  { id: 'B142', mutant: 'module-level-session', schedule: [['run/sessions', 'isolation/concurrent-sessions']] },
  { id: 'B144', mutant: 'cache-key-args-only', schedule: [['run/sessions', 'isolation/shared-cache']] },
  { id: 'B145', mutant: 'module-level-session', schedule: [['run/sessions', 'isolation/concurrent-sessions']] },
  { id: 'B147', mutant: 'cache-key-args-only', schedule: [] },
  {
    id: 'B150',
    mutant: 'cut-child-completed',
    schedule: [
      ['run/bounds', 'context/budget-exhaust'],
      ['run/bounds@kind', 'tokens'],
    ],
  },
  { id: 'B151', mutant: 'failed-call-awaited', place: review, schedule: [['t1.c0/subagent/a1', 'subagent/fail']] },
  {
    id: 'B153',
    mutant: 'fail-fast-batch',
    schedule: [
      ['office.pay#t1.c1/a1', 'tool/error'],
      ['office.pay#t1.c1/a1@kind', 'permanent'],
    ],
  },
  {
    id: 'B154',
    mutant: 'fail-fast-batch',
    place: review,
    schedule: [
      ['t1.c1/subagent/a1', 'subagent/fail'],
      ['t1.c1/store/run-start/run/try-1', 'store/outage'],
    ],
  },
  {
    id: 'B155',
    mutant: 'fail-fast-batch',
    place: manyLooks,
    schedule: [
      ['office.look#t1.c3/a1', 'tool/error'],
      ['office.look#t1.c3/a1@kind', 'permanent'],
    ],
  },
]
