/** The provider is overloaded, limits its callers or is broken, and says so with a status. */

import { type ModelFault, modelFault } from '../model-fault.js'

export const httpError: ModelFault = {
  ...modelFault,
  name: 'model/http-error',
  says: 'The provider answers with an error status: overloaded, rate limited (with or without Retry-After), broken.',
  on: 'any',
  parameters: { status: ['503', '429', '500', '529'], 'retry-after': ['none', '1', '30', '120'] },
  spoil: ({ pick }) => {
    const status = pick('status')
    const retryAfter = status === '429' || status === '503' ? pick('retry-after') : 'none'
    return [{ kind: 'error', status: Number(status), retryAfter }, 100]
  },
}
