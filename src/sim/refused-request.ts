/** How the port of our own runtime rejects what a provider refuses: as the adapter of a real model reads its status, code and headers. */

import type { ModelError } from '../core/model.js'
import { modelRefusal } from '../core/model-refusal.js'
import type { Scope } from '../kernel/scope.js'
import type { ErrorStatus } from './model-reply.js'
import { wallForDate } from './process-clock.js'
import { retryAfterHeaders } from './retry-after.js'

/** A date is of the provider's clock, and read by the wall clock of the process. */
export function refusedRequest({ status, code, retryAfter }: ErrorStatus, scope: Scope): ModelError {
  const { timeOfDay } = scope.world
  const { retryAfter: asked, retryAfterMs } = retryAfterHeaders(retryAfter, timeOfDay)
  const isDate = retryAfter === 'date' || retryAfter === 'past'
  const wall = isDate ? wallForDate(scope) : timeOfDay
  const headers: Readonly<Record<string, string | undefined>> = { 'retry-after': asked, 'retry-after-ms': retryAfterMs }
  return modelRefusal({ status, codes: [codes[code]], header: (name) => headers[name], wall })
}

const codes: Readonly<Record<string, string>> = {
  quota: 'insufficient_quota',
  'context-length': 'context_length_exceeded',
  'output-length': 'context_length_exceeded',
  'spend-limit': 'billing_hard_limit_reached',
}
