/** Answers to identical prompts, such as planning calls: asked once, given again. */

import { canonical } from '../core/json.js'
import type { Model, ModelAnswer, ModelRequest } from '../core/model.js'

/** Keeps the last `entries` answers (default 1,000) in memory. An answer from the cache uses no tokens. */
export function cached(model: Model, { entries = 1_000 }: { entries?: number } = {}): Model {
  const known = new Map<string, ModelAnswer>()
  const answer: Model['answer'] = async (request) => {
    if (hasPendingEffects(request)) return model.answer(request)
    // The whole text, not a digest: what tools return is in it, and nobody may aim at a collision.
    const key = canonical([request.messages, request.tools, request.maxOutputTokens])
    const found = known.get(key)
    if (found) return found
    const given = await model.answer(request)
    if (!isWhole(given)) return given
    known.set(key, { ...given, usage: { inputTokens: 0, outputTokens: 0 } })
    for (const oldest of known.keys()) if (known.size > entries) known.delete(oldest)
    return given
  }
  return { ...model, answer }
}

/** Something of unknown outcome: what is right to do next may have changed since anybody was asked. */
const hasPendingEffects = ({ messages }: ModelRequest): boolean =>
  messages.some((one) => one.role === 'tool' && one.results.some((result) => result.outcome === 'unknown'))

/** Cut off, withheld and empty answers are asked for again. */
const isWhole = ({ stop, text, calls }: ModelAnswer): boolean =>
  (stop === 'stop' || stop === 'tool-calls') && (text !== '' || calls.length > 0)
