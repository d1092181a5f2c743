/** What the log says of approvals: by call, the request and what was decided of it. */

import { type ApprovalPolicy, type ApprovalRequest, questionOf, type Wanted } from '../../core/approval.js'
import { digest } from '../../core/digest.js'
import type { Intent, LogEvent, LogEvents } from '../../core/event.js'
import { copy, type Json } from '../../core/json.js'
import { type ErrorDetail, failed, refusal } from '../../core/outcome.js'
import type { AdmissionCheck, Verdict } from '../admission.js'
import type { Run } from '../run.js'
import type { CallState, Handlers, RunState } from '../state.js'
import type { AnyTool } from '../tool.js'
import { objectionTo } from './hear.js'

export interface ApprovalState {
  readonly request: ApprovalRequest
  /** As the request has it, unless the clock began anew since. */
  expiresAt: number
  readonly approvedBy: Set<string>
  /** To the questions of the call, those of earlier requests too. */
  readonly answers: Json[]
  denied: { readonly by: string; readonly reason: string | undefined } | undefined
  consumed: boolean
  /** Consumed by this incarnation: its retries need no other look. */
  covers: boolean
  /** Tries to tell each approver; `Infinity` once they know. */
  readonly told: Map<string, number>
}

/** A decision that counted for nothing, and why. */
export type Ignored = Pick<LogEvents['approval-refused'], 'approval' | 'by' | 'because'>

export const approvalHandlers: Handlers<Extract<keyof LogEvents, `approval-${string}`>> = {
  'approval-requested': ({ approvals }, request) => {
    const { call, expiresAt } = request
    const answers = approvals.get(call)?.answers ?? []
    const fresh = { approvedBy: new Set<string>(), answers, denied: undefined, told: new Map<string, number>() }
    approvals.set(call, { request, expiresAt, ...fresh, consumed: false, covers: false })
  },
  'approval-notified': (state, { approval, approver, attempt, outcome }) => {
    approvalNamed(state, approval)?.told.set(approver, outcome === 'ok' ? Number.POSITIVE_INFINITY : attempt)
  },
  'approval-decided': (state, { id, approval, by, decision, reason, value }) => {
    state.heard.add(id)
    const held = approvalNamed(state, approval)
    if (decision === 'approve') held?.approvedBy.add(by)
    else if (held) held.denied = { by, reason }
    if (value !== undefined) held?.answers.push(value)
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

function approvalNamed({ approvals }: RunState, name: string): ApprovalState | undefined {
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

export const needsPeople = ({ approval, asks }: AnyTool): boolean => approval !== undefined || asks !== undefined

export const checkApproval: AdmissionCheck = {
  concerns: (_run, tool) => needsPeople(tool),
  check: (run, intent, tool) => run.parts.approval.admit(run, intent, tool),
}

/** Everybody on the list said yes. */
const isGranted = ({ request, approvedBy }: ApprovalState): boolean =>
  request.approvers.every((name) => approvedBy.has(name))

const changed = 'nobody approves it as it is now'

/** Asks each question once, then once for the call, and once more under another policy, but never about another call; waits for all, or for the first that denies. */
function admitApproved(run: Run, intent: Intent, tool: AnyTool): Verdict {
  if (run.parts.checkArguments(tool, intent.args ?? null)) return undefined
  const held = run.state.approvals.get(intent.call)
  if (held && held.request.argsDigest !== intent.argsDigest) return refusal(changed)
  if (held?.denied) return refusal(`denied by ${held.denied.by}: ${held.denied.reason ?? 'no reason was given'}`)
  const next = nextOf(intent, tool, held)
  if (next === 'failed') return refusal('the tool failed on what it has to ask')
  if (next) return { wait: asking(run, intent, tool, next, held) }
  if (!held) return undefined
  if (run.clock.now() >= held.expiresAt) {
    const { approval, call } = held.request
    const events: readonly LogEvent[] = [{ type: 'approval-expired', approval, call }]
    return { settle: failed(refusal('the approval expired before everybody had decided')), events }
  }
  return run.parts.approval.isGranted(held) ? undefined : { wait: { for: 'approval', until: held.expiresAt } }
}

/** What people are to be asked now: the next question once the last is answered, then the call. Undefined: nothing that they were not asked. */
function nextOf({ args = null, call }: Intent, { asks, approval }: AnyTool, held?: ApprovalState) {
  const isQuestion = held?.request.question !== undefined
  if (isQuestion && held.approvedBy.size === 0) return undefined
  const question =
    asks && (!held || isQuestion) ? questionOf(() => asks(copy(args), held?.answers ?? [], call)) : undefined
  return question ?? (approval && (!held || isQuestion || !isUnder(held, approval)) ? approval : undefined)
}

function asking(run: Run, intent: Intent, tool: AnyTool, { expiresMs, ...asked }: Wanted, before?: ApprovalState) {
  const { call, argsDigest = '', version } = intent
  const at = run.clock.now()
  const approval = before ? `${before.request.approval}~` : run.parts.approval.nameOf(run, call)
  const bound = { tool: tool.name, ...(version === undefined ? {} : { version }), argsDigest, ...asked }
  const request = { type: 'approval-requested', approval, call, ...bound, at, expiresAt: at + expiresMs } as const
  return { for: 'approval', until: request.expiresAt, events: [request] }
}

/** The policy is the one under which it was asked. */
const isUnder = ({ request }: ApprovalState, { policy, approvers }: ApprovalPolicy): boolean =>
  request.policy === policy && request.approvers.join('\n') === approvers.join('\n')

/** What the append that starts an attempt says of its approval, or why there is no attempt. */
function gateAttempt(run: Run, { intent, attempts }: CallState, tool: AnyTool): readonly LogEvent[] | ErrorDetail {
  const held = run.state.approvals.get(intent.call)
  if (held?.covers) return []
  const verdict = admitApproved(run, intent, tool)
  if (verdict && 'class' in verdict) return verdict
  if (!verdict && !held) return []
  const isSame = digest(intent.args) === held?.request.argsDigest && intent.version === held.request.version
  if (verdict || !held || !isSame) return refusal(changed)
  const { approval, call } = held.request
  return held.consumed ? [] : [{ type: 'approval-consumed', approval, call, attempt: attempts + 1 }]
}

export const approvalParts = {
  /** What the first request about a call is called. */
  nameOf: ({ session }: Run, call: string): string => `${session}/${call}`,
  /** What is said of a call that could start. */
  admit: admitApproved,
  /** What the append that starts an attempt says, or why there is none. */
  gate: gateAttempt,
  isGranted,
  /** What a call is handed of what was answered. */
  answersOf: ({ approvals }: RunState, call: string): readonly Json[] | undefined => copy(approvals.get(call)?.answers),
  /** The request a decision is for. */
  requestFor: approvalNamed,
  /** Why a decision changes nothing. */
  objection: objectionTo,
}

export type ApprovalParts = Readonly<typeof approvalParts>
