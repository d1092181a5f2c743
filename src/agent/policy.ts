/** The tool's own policy: what its schema cannot say. A policy that throws refuses. */

import { copy } from '../core/json.js'
import type { AdmissionCheck } from './admission.js'

export const checkPolicy: AdmissionCheck = {
  concerns: (_run, tool) => tool.policy !== undefined,
  check: (run, { args = null }, tool) => {
    if (run.parts.checkArguments(tool, args)) return undefined
    const reason = reasonOf(() => tool.policy?.(copy(args)))
    return reason === undefined ? undefined : { class: 'refused', text: reason, retryable: false }
  },
}

function reasonOf(policy: () => unknown): string | undefined {
  try {
    const reason = policy()
    if (reason === undefined) return undefined
    return typeof reason === 'string' && reason !== '' ? reason : 'the policy of the tool refuses this call'
  } catch {
    return 'the policy of the tool failed on this call'
  }
}
