/** Every default of the runtime, in one place. Times are milliseconds. */

import type { Limits } from '../core/event.js'
import type { BreakerPolicy } from '../resilience/breaker.js'
import type { RetryPolicy } from '../resilience/retry.js'

export const defaultLimits: Limits = {
  turns: 10,
  timeMs: 300_000,
  callsPerTurn: 64,
  inFlight: 8,
  attempts: 3,
}

export const defaultRetry: RetryPolicy = { attempts: 3, baseMs: 1_000, factor: 2, jitterMs: 500, maxDelayMs: 60_000 }

export const defaultBreaker: BreakerPolicy = { failures: 3, resetMs: 30_000 }

export const toolTimeoutMs = 30_000
export const modelTimeoutMs = 60_000

/** How much of a result the model is shown, in bytes of UTF-8. */
export const maxResultBytes = 100_000

/** Failed self-corrections of one tool after which the run stops. */
export const maxCorrections = 3

/** Turns that may bring the same call with the same result before the run stops. */
export const maxRepeats = 3

/** How a writer insists on an append that the store certainly did not apply, or whose acknowledgement was lost. */
export const appendRetry: RetryPolicy = { attempts: 12, baseMs: 50, factor: 2, jitterMs: 0, maxDelayMs: 5_000 }
