/** Equal calls of one batch that are one call: the later ones take over the result of the first. */

import { failed, type Outcome, ok } from '../core/outcome.js'
import type { AdmissionCheck } from './admission.js'
import type { CallState } from './state.js'

export const checkTwin: AdmissionCheck = {
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
  return failed({ class: 'dependency-failed', text, retryable: false })
}
