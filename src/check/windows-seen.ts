/** What the rate limits of tools admitted, as a history tells it. */

import type { Facts } from '../core/history.js'

export interface WindowsSeen {
  readonly limits: ReadonlyMap<string, number>
  readonly admitted: Map<string, { readonly at: number; readonly seq: number; readonly call: string }[]>
}

export const noWindows = (facts: Facts): WindowsSeen => ({
  limits: new Map(
    facts.tools.flatMap(({ name, rateLimitPerMinute: limit }) => (limit === undefined ? [] : [[name, limit] as const])),
  ),
  admitted: new Map(),
})

export const minuteMs = 60_000

/** Admissions of a tool from `from` on. */
export const admittedSince = ({ admitted }: WindowsSeen, tool: string, from: number) =>
  (admitted.get(tool) ?? []).filter(({ at }) => at >= from)

export function takeAdmission(
  { admitted }: WindowsSeen,
  { tool, at, seq, call }: { readonly tool: string; readonly at: number; readonly seq: number; readonly call: string },
): void {
  const known = admitted.get(tool) ?? []
  known.push({ at, seq, call })
  admitted.set(tool, known)
}
