/** The port of approvals: how people hear that something needs them, and how what they decide comes back. */

import { longestMs } from './clock.js'
import { came, requireFields, requireThat } from './definition.js'
import { digest } from './digest.js'
import type { Json } from './json.js'

/** What somebody has to decide: bound to one call, its arguments, its tool's version and the policy that asks. */
export interface ApprovalRequest {
  /** `<session>/<call>`. */
  readonly approval: string
  readonly call: string
  readonly tool: string
  readonly version?: string
  readonly argsDigest: string
  readonly policy: string
  /** All of them must approve. */
  readonly approvers: readonly string[]
  /** The writer's monotonic clock; from `expiresAt` on nothing is approved any more. */
  readonly at: number
  readonly expiresAt: number
  /** What the tool wants to know: whoever approves answers it, in the `value` of their decision. */
  readonly question?: Json
}

/** The request as people see it: its arguments, without secrets. */
export interface Notice extends ApprovalRequest {
  readonly args: Json
}

export interface Decision {
  readonly approval: string
  /** Who decided, as the port has authenticated them: never what a message says of its sender. Empty: nobody knows. */
  readonly by: string
  readonly decision: 'approve' | 'deny'
  readonly reason?: string
  /** The answer, where there was a question. */
  readonly value?: Json
  /** Of the arguments that were looked at; where it is given it must be that of the request. */
  readonly argsDigest?: string
  /** Tells decisions of the same words apart; without it they are one, however often they come. */
  readonly id?: string
}

/** What makes it one decision. */
export const decisionId = ({ approval, by, decision, reason, argsDigest, id, value }: Decision): string =>
  digest([approval, by, decision, reason, argsDigest, id, ...(value === undefined ? [] : [value])])

export interface Approvals {
  /** Tells one approver. A rejection, or no answer in 5 s, is counted and tried again: `key` is the same every time. */
  notify(notice: Notice, approver: string, options: { key: string; signal: AbortSignal }): Promise<unknown>
  /** All that was decided about requests of the session, in the order in which it came. */
  decisions(session: string): Promise<readonly Decision[]>
  /** How often a waiting run looks for decisions, in milliseconds. Default: its promise ends, and it is run again. */
  readonly pollMs?: number
}

/** `required`: `operator` must approve. */
export type Approval =
  | 'required'
  | {
      /** All of them must approve, each by themselves. */
      readonly approvers: readonly string[]
      /** How long a request stays open. Default 30 minutes. */
      readonly expiresMs?: number
      /** Name of the policy in force: what was decided under another one does not count. */
      readonly policy?: string
    }

export interface ApprovalPolicy {
  readonly approvers: readonly string[]
  readonly expiresMs: number
  readonly policy: string
}

/** What is asked for: that a call may be made, or what its tool has to know first. */
export type Wanted = ApprovalPolicy & { readonly question?: Json }

/** The user is asked what a tool `asks`, if it does; `failed` where it throws. */
export function questionOf(ask: () => Json | undefined): Wanted | 'failed' | undefined {
  try {
    const question = ask()
    return question === undefined ? undefined : { approvers: ['user'], expiresMs: 1_800_000, policy: '', question }
  } catch {
    return 'failed'
  }
}

/** Throws a `config` error for a policy under which nobody, or nothing in particular, would be asked. */
export function approvalPolicy(of: string, given: Approval): ApprovalPolicy {
  if (given !== 'required') requireFields('config', `approval of ${of}`, given, ['approvers', 'expiresMs', 'policy'])
  const { approvers, expiresMs = 1_800_000, policy = '' } = given === 'required' ? { approvers: ['operator'] } : given
  const named = Array.isArray(approvers) ? approvers.filter((name) => typeof name === 'string' && name !== '') : []
  const isSound =
    named.length > 0 && new Set(named).size === approvers.length && expiresMs > 0 && expiresMs <= longestMs
  const wanted = 'needs approvers of different names, and expiresMs from 1'
  const problem = `approval of ${of} ${wanted}; ${came(approvers)} and ${came(expiresMs)} came`
  requireThat(isSound, problem, "approval: { approvers: ['lead'] }")
  return { approvers: [...approvers], expiresMs, policy }
}
