/** For some requests in a row, to whomever they go, everybody is limited. */

import { refused } from '../answer.js'
import { type Shape, shape } from './shape.js'

export const burst: Shape = {
  ...shape,
  name: 'shape/burst',
  says: 'From some request on, the next ones of all sessions are rate limited, whoever they go to.',
  parameters: { requests: ['5', '2', '20'], from: ['1', '2', '4', '8'] },
  begin: ({ pick }) => {
    const from = Number(pick('from'))
    const until = from + Number(pick('requests'))
    let asked = 0
    const strikes = (): boolean => {
      asked++
      return asked >= from && asked < until
    }
    return {
      service: () => (strikes() ? refused(429, 'too many requests', 'later', 1_000) : undefined),
      model: () =>
        strikes() ? { kind: 'error', status: 429, code: 'rate', retryAfter: '1', shouldRetry: 'unsaid' } : undefined,
    }
  },
}
