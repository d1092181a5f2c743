/** Models that stand in for each other: a request goes to the first that is not known to be out. */

import type { Clock } from '../core/clock.js'
import { isModelError, type Model, type ModelAnswer, ModelError } from '../core/model.js'
import type { ErrorClass, ErrorDetail } from '../core/outcome.js'
import { askedMs } from './retry.js'

/** What another provider may do better. A refusal it would only repeat. */
const movesOn: ReadonlySet<ErrorClass> = new Set<ErrorClass>([
  'rate-limited',
  'unavailable',
  'timeout',
  'connection-lost',
])
/** How long a model is left alone that did not say how long. */
const restMs = 1_000

/**
 * The same conversation, whole, to one model after the other until one answers. A model that is rate limited or
 * unavailable is left alone for as long as it asked. Where all are, the earliest return is what the caller is told.
 */
export function routing(models: readonly Model[], clock: Clock): Model {
  const until = models.map(() => Number.NEGATIVE_INFINITY)
  const answer: Model['answer'] = async (request): Promise<ModelAnswer> => {
    let problem: ErrorDetail | undefined
    for (const [index, model] of models.entries()) {
      if (until[index]! > clock.now()) continue
      try {
        return await model.answer(request)
      } catch (error) {
        const detail = isModelError(error) ? error.detail : undefined
        if (request.signal.aborted) until[index] = clock.now() + restMs
        if (request.signal.aborted || !detail || !movesOn.has(detail.class)) throw error
        until[index] = clock.now() + (askedMs(detail.afterMs) ?? restMs)
        problem = detail
      }
    }
    const afterMs = Math.max(0, Math.min(...until) - clock.now())
    const text = 'no model can answer now'
    throw new ModelError({ class: problem?.class ?? 'rate-limited', text, retryable: true, afterMs })
  }
  return { '~model': true, answer }
}
