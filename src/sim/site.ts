/** Labels of requests: where they stand in the agent's own story, never when they arrived. */

import { hash32 } from '../core/digest.js'
import { canonical } from '../core/json.js'
import type { Scope } from '../kernel/scope.js'

/**
 * `shop.refund#t2.c0/a1` inside a call's attempt; in a lane without a call, the request's own digest and how often this lane
 * sent it, `shop.refund#run.3fa2/a2`.
 */
export function requestSite(
  scope: Scope,
  backend: string,
  operation: string,
  input: unknown,
  sent: Map<string, number>,
): string {
  if (scope.call !== undefined) return `${backend}.${operation}#${scope.call}/a${scope.attempt ?? 1}`
  const digest = (hash32(canonical(input)) & 0xffff).toString(16).padStart(4, '0')
  const base = `${backend}.${operation}#${scope.lane}.${digest}`
  const times = (sent.get(base) ?? 0) + 1
  sent.set(base, times)
  return `${base}/a${times}`
}
