/** How long a retry must and may wait under a policy. */

import type { EventOf } from '../core/event.js'
import type { RetryFacts } from '../core/history.js'

/** Least wait in ms after the failed attempt number `attempt` (from 1), with what the other side asked for. */
export function shortestDelay(retry: RetryFacts, attempt: number, afterMs: number | undefined): number {
  const planned = Math.min(retry.baseMs * retry.factor ** (attempt - 1), retry.maxDelayMs)
  return askedFor(afterMs) ? Math.max(planned, afterMs) : planned
}

/** What is wrong with a scheduled wait; undefined when it lies within the policy. */
export function delayFits(retry: RetryFacts, event: EventOf<'retry-scheduled'>): string | undefined {
  const { delayMs, attempt } = event
  const { afterMs } = event.error
  if (!Number.isFinite(delayMs) || delayMs < 0) return `the wait before the next try is ${delayMs} ms`
  if (askedFor(afterMs) && afterMs > retry.maxDelayMs) {
    return `a retry was planned although the other side asked for ${afterMs} ms, more than the ${retry.maxDelayMs} ms allowed`
  }
  if (askedFor(afterMs) && delayMs < afterMs)
    return `the next try waits ${delayMs} ms where the other side asked for ${afterMs} ms`
  const least = shortestDelay(retry, attempt, afterMs)
  const most = least + retry.jitterMs
  if (delayMs < least) return `the next try waits ${delayMs} ms, less than the ${least} ms of the policy`
  return delayMs > most ? `the next try waits ${delayMs} ms, more than the ${most} ms of the policy` : undefined
}

/** Whether a wait that the policy set is longer than the least; undefined: it has no jitter, or was set by what the other side asked for, or is capped. */
export function isJittered(
  retry: RetryFacts,
  { delayMs, attempt, error }: EventOf<'retry-scheduled'>,
): boolean | undefined {
  const least = shortestDelay(retry, attempt, undefined)
  const isSet = askedFor(error.afterMs) && error.afterMs >= delayMs
  return isSet || retry.jitterMs === 0 || least + retry.jitterMs > retry.maxDelayMs ? undefined : delayMs > least
}

/** How many waits in a row without jitter are no chance: fewer than one run in a million has them. */
export const unlikelyWaits = ({ jitterMs }: RetryFacts): number => Math.max(3, Math.ceil(6 / Math.log10(jitterMs + 1)))

const askedFor = (afterMs: number | undefined): afterMs is number =>
  afterMs !== undefined && Number.isFinite(afterMs) && afterMs > 0
