/** The way of one call: five layers, outermost first, and a fallback for a read whose service is away. */

import { fallback } from './fallback.js'
import { breaker } from './layer/breaker.js'
import { execute } from './layer/execute.js'
import { keyed } from './layer/keyed.js'
import type { Step } from './layer/layer.js'
import { retry } from './layer/retry.js'
import { traced } from './layer/traced.js'
import { validated } from './layer/validated.js'
import { limited } from './limits/rate-limit.js'

/** Brings a call to its one terminal record. Rejects only when the log cannot be written. */
export const dispatch: Step = traced(fallback(limited(breaker(retry(keyed(validated(execute)))))))
