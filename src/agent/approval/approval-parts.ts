/** The decisions about approvals, each a small function: see `Parts`. */

import { approvalNamed } from './approval-state.js'
import { admitApproved, gateAttempt, isGranted } from './approve.js'
import { objectionTo } from './hear.js'

export const approvalParts = {
  /** What is said of a call that could start. */
  admit: admitApproved,
  /** What the append that starts an attempt says, or why there is none. */
  gate: gateAttempt,
  isGranted,
  /** The request a decision is for. */
  requestFor: approvalNamed,
  /** Why a decision changes nothing. */
  objection: objectionTo,
}

export type ApprovalParts = Readonly<typeof approvalParts>
