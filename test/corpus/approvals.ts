/** Regressions for reported bugs of approvals. */

import type { Case } from './case.js'
import { permit } from './places.js'

export const approvalsCases: readonly Case[] = [
  {
    id: 'B129',
    mutant: 'trust-client-approvals',
    schedule: [
      ['approval.decide#t1.c0/lead', 'approval/wrong-approver'],
      ['approval.decide#t1.c0/lead@who', 'requester'],
    ],
  },
  { id: 'B130', mutant: 'signature-dropped', schedule: [] },
  { id: 'B131', mutant: 'gate-on-one-path', schedule: [] },
  { id: 'B132', mutant: 'gate-on-one-path', schedule: [['model/t1/a1', 'process/replay-per-step']] },
  { id: 'B134', mutant: 'approvals-never-expire', schedule: [['approval.decide#t1.c0/lead@time', 'before-deadline']] },
  { id: 'B136', mutant: 're-derive-on-resume', place: permit, schedule: [] },
  { id: 'B137', mutant: 'expiry-at-decision-only', schedule: [['shape/crash-loop', 'shape/crash-loop']] },
]
