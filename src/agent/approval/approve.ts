/** Whether a call may start: asked when it could, and again by the very append that starts it. */

import type { ApprovalPolicy } from '../../core/approval.js'
import { digest } from '../../core/digest.js'
import type { Intent, LogEvent } from '../../core/event.js'
import { type ErrorDetail, failed, refusal } from '../../core/outcome.js'
import type { AdmissionCheck, Verdict } from '../admission.js'
import type { Run } from '../run.js'
import type { CallState } from '../state.js'
import type { AnyTool } from '../tool.js'
import type { ApprovalState } from './approval-state.js'

export const checkApproval: AdmissionCheck = {
  concerns: (_run, { approval }) => approval !== undefined,
  check: (run, intent, tool) => run.parts.approval.admit(run, intent, tool),
}

/** Everybody on the list said yes. */
export const isGranted = ({ request, approvedBy }: ApprovalState): boolean =>
  request.approvers.every((name) => approvedBy.has(name))

/** Asks once a call, and once more under another policy; then waits for all, or for the first that denies. */
export function admitApproved(run: Run, intent: Intent, tool: AnyTool): Verdict {
  if (run.parts.checkArguments(tool, intent.args ?? null)) return undefined
  const held = run.state.approvals.get(intent.call)
  if (held?.denied) return refusal(`denied by ${held.denied.by}: ${held.denied.reason ?? 'no reason was given'}`)
  if (!held || !isUnder(held, tool)) return { wait: asking(run, intent, tool, held) }
  if (run.ports.clock.now() >= held.expiresAt) {
    const { approval, call } = held.request
    const events: readonly LogEvent[] = [{ type: 'approval-expired', approval, call }]
    return { settle: failed(refusal('the approval expired before everybody had decided')), events }
  }
  return run.parts.approval.isGranted(held) ? undefined : { wait: { for: 'approval', until: held.expiresAt } }
}

function asking(run: Run, { call, argsDigest = '', version }: Intent, tool: AnyTool, before?: ApprovalState) {
  const { approvers, policy, expiresMs } = tool.approval as ApprovalPolicy
  const at = run.ports.clock.now()
  const approval = before ? `${before.request.approval}~` : `${run.session}/${call}`
  const bound = { tool: tool.name, ...(version === undefined ? {} : { version }), argsDigest, policy, approvers }
  const request = { type: 'approval-requested', approval, call, ...bound, at, expiresAt: at + expiresMs } as const
  return { for: 'approval', until: request.expiresAt, events: [request] }
}

/** The policy is the one under which it was asked. */
const isUnder = ({ request }: ApprovalState, { approval }: AnyTool): boolean =>
  request.policy === approval?.policy && request.approvers.join('\n') === approval.approvers.join('\n')

/** What the append that starts an attempt says of its approval, or why there is no attempt. */
export function gateAttempt(
  run: Run,
  { intent, attempts }: CallState,
  tool: AnyTool,
): readonly LogEvent[] | ErrorDetail {
  const held = run.state.approvals.get(intent.call)
  if (held?.covers) return []
  const verdict = admitApproved(run, intent, tool)
  if (verdict && 'class' in verdict) return verdict
  const isSame = digest(intent.args) === held?.request.argsDigest && intent.version === held.request.version
  if (verdict || !held || !isSame) return refusal('nobody approves it as it is now')
  const { approval, call } = held.request
  return held.consumed ? [] : [{ type: 'approval-consumed', approval, call, attempt: attempts + 1 }]
}
