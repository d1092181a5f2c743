/** What stands between a proposed call and its execution: checks in a fixed order, once per call, before the layers. */

import type { Intent, LogEvent } from '../core/event.js'
import type { ErrorDetail, Outcome } from '../core/outcome.js'
import { checkApproval } from './approval/approve.js'
import { checkPlan } from './approval/plan.js'
import { checkAnswer, checkHandOff } from './built-in.js'
import { checkGuards } from './guard/grant.js'
import { checkRate } from './limits/rate-limit.js'
import { checkPolicy } from './policy.js'
import { checkCache } from './result-cache.js'
import type { Run } from './run.js'
import type { AnyTool } from './tool.js'
import { checkTwin } from './twin.js'

/** The call cannot go on before something comes from outside. `events` are written with the wait: a request, once. */
export interface Awaited {
  readonly wait: { readonly for: string; readonly until?: number; readonly events?: readonly LogEvent[] }
}
/** The call goes on, and this is written with that: what it consumed, which approval it used up. */
export interface Recorded {
  readonly record: readonly LogEvent[]
}
/** The call is over without an attempt: its result is known already. */
export interface Settled {
  readonly settle: Outcome
  readonly note?: string
  readonly events?: readonly LogEvent[]
}
/** Undefined: goes on. An `ErrorDetail`: refused, and its siblings go on. */
export type Verdict = ErrorDetail | Awaited | Recorded | Settled | undefined

/**
 * Pure over the durable state (`run.state`) and the clock: it is asked when the call could start, in call order, inside an
 * append, so that it sees what its siblings have recorded. After a wait or a crash it is asked again until an attempt began.
 */
export interface AdmissionCheck {
  /** Whether it has anything to say of this tool: a call no check is concerned with starts at once. */
  concerns(run: Run, tool: AnyTool): boolean
  check(run: Run, intent: Intent, tool: AnyTool): Verdict
}

/** In this order; the first that refuses, waits or settles decides. */
const checks: readonly AdmissionCheck[] = [
  checkTwin,
  checkGuards,
  checkPolicy,
  checkHandOff,
  checkCache,
  checkAnswer,
  checkRate,
  // budget: what the call costs
  checkPlan,
  // Last, so that nobody is asked about a call that could not run.
  checkApproval,
]

export const isGated = (run: Run, tool: AnyTool): boolean => checks.some((check) => check.concerns(run, tool))

/** The verdict of all checks: the events of those that let the call pass, or the first that did not. */
export function admit(run: Run, intent: Intent, tool: AnyTool): Exclude<Verdict, undefined> {
  const record: LogEvent[] = []
  for (const one of checks) {
    const verdict = one.concerns(run, tool) ? one.check(run, intent, tool) : undefined
    if (!verdict) continue
    if (!('record' in verdict)) return verdict
    record.push(...verdict.record)
  }
  return { record }
}
