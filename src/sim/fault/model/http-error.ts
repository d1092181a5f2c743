/** The provider answers with a status: overloaded, limiting its callers, broken, or refusing for good. */

import { type RetryAfter, retryAfters } from '../../retry-after.js'
import { type ModelFault, modelFault } from '../model-fault.js'

export const httpError: ModelFault = {
  ...modelFault,
  name: 'model/http-error',
  says: 'The provider answers with an error status: overloaded, rate limited (with or without Retry-After), broken, or refusing for good.',
  on: 'any',
  parameters: {
    status: [
      ...['503', '429', '500', '529', '502', '504', '408', '409', '400', '401', '402', '403', '404', '413', '422'],
    ],
    'retry-after': retryAfters,
    // Of a 429: the rate of requests, an account that is spent, a load that grew too fast.
    limit: ['rate', 'quota', 'ramp'],
    // Of a 400.
    invalid: ['request', 'context-length', 'output-length', 'spend-limit'],
    'should-retry': ['unsaid', 'true', 'false'],
    times: ['1', '3', '10'],
  },
  spoil: ({ pick }) => {
    const status = pick('status')
    const code = status === '429' ? pick('limit') : status === '400' ? pick('invalid') : ''
    const waits = status === '503' || (status === '429' && code !== 'quota')
    const retryAfter = waits ? (pick('retry-after') as RetryAfter) : 'none'
    // What a client does of its own accord, the provider may forbid, and the other way round.
    const shouldRetry = status === '529' || status === '500' ? (pick('should-retry') as 'unsaid') : 'unsaid'
    const times = Number(pick('times'))
    return [{ kind: 'error', status: Number(status), code, retryAfter, shouldRetry }, 100, times]
  },
}
