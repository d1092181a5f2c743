/** Faults of the people who approve, and of the way to them and back. */

import { alternatePath } from './approval/alternate-path.js'
import { editArgs } from './approval/edit-args.js'
import type { FaultDefinition } from './fault.js'

const outcome = { family: 'approval', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
const time = { ...outcome, chosenAs: 'time' } as const

export const copies = ['2', '3', '8'] as const
export const gaps = ['0', '1', '60000'] as const
export const impostors = ['stranger', 'requester', 'nobody', 'same-person-twice'] as const
export const forgeries = ['unissued', 'altered'] as const
export const notifierTroubles = ['error', 'hang'] as const
export const guardTroubles = ['error', 'garbage', 'timeout'] as const

export const guardFault: FaultDefinition = {
  ...outcome,
  name: 'approval/guard-fail',
  says: 'A guard has no verdict: it throws, says what is no verdict, or never says anything.',
  parameters: { kind: guardTroubles },
}

export const policyChange: FaultDefinition = {
  ...outcome,
  name: 'approval/policy-change',
  says: 'While people are asked, the rules change: another policy, one approver fewer, or the tool is not granted any more.',
  parameters: { change: ['stricter', 'approver-removed', 'grant-revoked'], which: ['1', '2'] },
}

export const approvalFaults: readonly FaultDefinition[] = [
  { ...outcome, name: 'approval/approve', says: 'An approver who would not approve does.' },
  { ...outcome, name: 'approval/deny', says: 'An approver denies.' },
  { ...outcome, name: 'approval/ignore', says: 'An approver never decides.' },
  { ...outcome, name: 'approval/early', says: 'An approver decides before the notifier has said that they were told.' },
  {
    ...outcome,
    name: 'approval/duplicate',
    says: 'One decision is delivered several times.',
    parameters: { copies },
  },
  {
    ...outcome,
    name: 'approval/contradict',
    says: 'An approver decides, and then decides the opposite.',
    parameters: { gap: gaps },
  },
  {
    ...outcome,
    name: 'approval/wrong-approver',
    says: 'Somebody decides who may not.',
    parameters: { who: impostors },
  },
  {
    ...outcome,
    name: 'approval/forge',
    says: 'A decision comes that nobody was asked for, or about other arguments.',
    parameters: { kind: forgeries },
  },
  {
    ...outcome,
    name: 'approval/notifier-fail',
    says: 'An approver cannot be told of a request.',
    parameters: { kind: notifierTroubles },
  },
  guardFault,
  policyChange,
  editArgs,
  alternatePath,
  { ...time, name: 'approval/expire', says: 'A decision comes when its request expires: just before, then, or after.' },
]
