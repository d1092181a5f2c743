/** Regressions for reported bugs of what was stored, and of work that was done in part. */

import type { Case } from './case.js'
import { both, letterBesidePermit, permit, twoPermits } from './places.js'

export const stateCases: readonly Case[] = [
  { id: 'B039', mutant: 'last-writer-wins', schedule: [['run/submit', 'user/double-submit']] },
  { id: 'B040', mutant: 'serialise-live-state', schedule: [['store/call-settled/t1.c0/try-1@time', 'x2']] },
  { id: 'B043', mutant: 'last-writer-wins', schedule: [['store/open/session/try-1', 'store/race']] },
  { id: 'B044', mutant: 'no-fencing', schedule: [['store/open/session/try-1', 'store/race']] },
  { id: 'B046', mutant: 'resume-starts-anew', place: permit, schedule: [] },
  {
    id: 'B047',
    mutant: 'decision-refused-while-live',
    schedule: [
      ['approval.notify#t1.c0/finance/try-1', 'process/crash-before-effect'],
      ['approval.decide#t1.c0/lead', 'approval/early'],
    ],
  },
  { id: 'B048', mutant: 'save-at-end', place: permit, schedule: [] },
  {
    id: 'B049',
    mutant: 're-derive-on-resume',
    schedule: [['store/batch-open/t1/try-1', 'process/crash-after-effect']],
  },
  {
    id: 'B050',
    mutant: 'decisions-by-position',
    schedule: [
      ['approval.notify#t1.c0/lead/try-1@hold', '1'],
      ['approval.decide#t1.c1/lead', 'approval/duplicate'],
    ],
  },
  { id: 'B051', mutant: 'save-at-end', place: letterBesidePermit, schedule: [] },
  { id: 'B052', mutant: 'save-at-end', place: twoPermits, schedule: [] },
  { id: 'B056', mutant: 'failure-finalised-as-completed', schedule: [['model/t1/a1', 'process/shutdown']] },
  {
    id: 'B057',
    mutant: 'error-frame-is-done',
    place: both,
    schedule: [
      ['model/t1/a1', 'model/finish-reason'],
      ['model/t1/a1@cut', 'in-call'],
    ],
  },
  {
    id: 'B058',
    mutant: 'failure-finalised-as-completed',
    schedule: [
      ['office.post#t1.c0/a1', 'tool/error'],
      ['office.post#t1.c0/a1@kind', 'sync-throw'],
    ],
  },
  { id: 'B061', mutant: 'compensation-not-awaited', schedule: [] },
]
