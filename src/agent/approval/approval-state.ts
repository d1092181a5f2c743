/** What the log says of approvals: by call, the request and what was decided of it. */

import type { ApprovalRequest } from '../../core/approval.js'
import type { LogEvents } from '../../core/event.js'
import type { RunState } from '../state.js'

export interface ApprovalState {
  readonly request: ApprovalRequest
  /** As the request has it, unless the clock began anew since. */
  expiresAt: number
  readonly approvedBy: Set<string>
  denied: { readonly by: string; readonly reason: string | undefined } | undefined
  consumed: boolean
  /** Consumed by this incarnation: its retries need no other look. */
  covers: boolean
  /** Tries to tell each approver; `Infinity` once they know. */
  readonly told: Map<string, number>
}

/** A decision that counted for nothing, and why. */
export type Ignored = Pick<LogEvents['approval-refused'], 'approval' | 'by' | 'because'>

type Handlers<K extends keyof LogEvents> = { [E in K]: (state: RunState, event: LogEvents[E]) => void }
type ApprovalEvent = 'requested' | 'notified' | 'decided' | 'refused' | 'expired' | 'consumed'

export const approvalHandlers: Handlers<`approval-${ApprovalEvent}`> = {
  'approval-requested': ({ approvals }, request) => {
    const { call, expiresAt } = request
    const fresh = { approvedBy: new Set<string>(), denied: undefined, told: new Map<string, number>() }
    approvals.set(call, { request, expiresAt, ...fresh, consumed: false, covers: false })
  },
  'approval-notified': (state, { approval, approver, attempt, outcome }) => {
    approvalNamed(state, approval)?.told.set(approver, outcome === 'ok' ? Number.POSITIVE_INFINITY : attempt)
  },
  'approval-decided': (state, { id, approval, by, decision, reason }) => {
    state.heard.add(id)
    const held = approvalNamed(state, approval)
    if (decision === 'approve') held?.approvedBy.add(by)
    else if (held) held.denied = { by, reason }
  },
  'approval-refused': ({ heard, ignored }, { id, approval, by, because }) => {
    heard.add(id)
    ignored.push({ approval, by, because })
  },
  'approval-expired': () => {},
  'approval-consumed': (state, { approval }) => {
    const held = approvalNamed(state, approval)
    if (held) held.consumed = held.covers = true
  },
}

export function approvalNamed({ approvals }: RunState, name: string): ApprovalState | undefined {
  for (const held of approvals.values()) if (held.request.approval === name) return held
  return undefined
}

/** Another incarnation looks again. Its clock may have begun anew: see `rebaseClock`. */
export function resumeApprovals({ approvals }: RunState, now: number): void {
  for (const held of approvals.values()) {
    held.covers = false
    held.expiresAt = Math.min(held.expiresAt, now + held.request.expiresAt - held.request.at)
  }
}
