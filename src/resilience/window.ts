/** A sliding minute: in no minute is more admitted than a limit. Pure; times are of one monotonic clock. */

export interface Admitted {
  /** Who was admitted: asked again, it is admitted again and consumes nothing. */
  readonly name: string
  readonly at: number
  readonly cost: number
}

/** What was admitted in the last minute, oldest first. */
export type Window = readonly Admitted[]

export type WindowVerdict =
  | { readonly kind: 'admitted'; readonly window: Window }
  /** Nothing was consumed. Without `afterMs` no wait can help: the request is larger than the limit. */
  | { readonly kind: 'refused'; readonly afterMs?: number }

export const minuteMs = 60_000

/** `limit`: the most that is admitted in one minute, both its ends included. 0 admits nothing. */
export function admitInWindow(limit: number, window: Window, name: string, now: number, cost = 1): WindowVerdict {
  const recent = window.filter((one) => now - one.at <= minuteMs)
  if (recent.some((one) => one.name === name)) return { kind: 'admitted', window: recent }
  if (!(cost <= limit)) return { kind: 'refused' }
  let over = recent.reduce((sum, one) => sum + one.cost, cost) - limit
  if (over <= 0) return { kind: 'admitted', window: [...recent, { name, at: now, cost }] }
  let freeAt = now
  for (let i = 0; over > 0; i++) {
    over -= recent[i]!.cost
    freeAt = recent[i]!.at + minuteMs + 1
  }
  return { kind: 'refused', afterMs: freeAt - now }
}

/** A monotonic clock may start anew: what seems to come from the future counts from now. */
export const rebased = (window: Window, now: number): Window =>
  window.some((one) => one.at > now) ? window.map((one) => (one.at > now ? { ...one, at: now } : one)) : window
