/** What stands between a proposed call and its execution: checks in a fixed order, once per call, before the layers. */

import type { Intent, LogEvent } from '../core/event.js'
import { copy } from '../core/json.js'
import { type ErrorDetail, failed, final, type Outcome, ok, refusal } from '../core/outcome.js'
import { checkApproval } from './approval/approval.js'
import { checkPlan } from './approval/plan.js'
import { checkAnswer, checkHandOff } from './built-in.js'
import { checkGuards } from './guard/vet.js'
import { checkRate } from './limits/rate-limit.js'
import { checkCache } from './result-cache.js'
import type { Run } from './run.js'
import type { CallState } from './state.js'
import type { AnyTool } from './tool.js'

/** What a check says of a call. Undefined: it goes on. An `ErrorDetail`: it is refused, and its siblings go on. */
export type Verdict =
  | ErrorDetail
  /** It cannot go on before something comes from outside. `events` are written with the wait: a request, once. */
  | { readonly wait: { readonly for: string; readonly until?: number; readonly events?: readonly LogEvent[] } }
  /** It goes on, and this is written with that: what it consumed, which approval it used up. */
  | { readonly record: readonly LogEvent[] }
  /** It is over without an attempt: its result is known already. */
  | { readonly settle: Outcome; readonly note?: string; readonly events?: readonly LogEvent[] }
  | undefined

/**
 * Pure over the durable state (`run.state`) and the clock: it is asked when the call could start, in call order, inside an
 * append, so that it sees what its siblings have recorded. After a wait or a crash it is asked again until an attempt began.
 */
export interface AdmissionCheck {
  /** Whether it has anything to say of this tool: a call no check is concerned with starts at once. */
  concerns(run: Run, tool: AnyTool): boolean
  check(run: Run, intent: Intent, tool: AnyTool): Verdict
}

/** Equal calls of one batch are one call: the later ones take over the result of the first. */
const checkTwin: AdmissionCheck = {
  concerns: (_run, tool) => tool.dedupe !== undefined,
  check: ({ state }, { sameAs }) => {
    const first = sameAs === undefined ? undefined : state.calls.get(sameAs)
    return first && { settle: outcomeOf(first), note: `the same call as ${first.intent.call}` }
  },
}

/** The doubt stays with the first: its twin certainly had no effect of its own. */
function outcomeOf({ outcome, value, error, intent }: CallState): Outcome {
  if (outcome === 'ok') return ok(value ?? null)
  if (outcome === 'failed' && error) return failed(error)
  const text = `it was not made apart from ${intent.call}, whose outcome is unknown`
  return failed(final('dependency-failed', text))
}

/** The tool's own policy: what its schema cannot say. A policy that throws refuses. */
const checkPolicy: AdmissionCheck = {
  concerns: (_run, tool) => tool.policy !== undefined,
  check: (run, { args = null }, tool) => {
    if (run.parts.checkArguments(tool, args)) return undefined
    try {
      const reason: unknown = tool.policy?.(copy(args))
      if (reason === undefined) return undefined
      return refusal(typeof reason === 'string' && reason !== '' ? reason : 'the policy of the tool refuses this call')
    } catch {
      return refusal('the policy of the tool failed on this call')
    }
  },
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
