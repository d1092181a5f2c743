/** The service wants fewer requests; seconds of Retry-After are the parameter. */

import { refused } from '../../answer.js'
import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

export const rateLimited: ServiceFault = {
  ...toolFault,
  name: 'tool/rate-limited',
  says: 'The service answers 429 before anything happened.',
  on: 'both',
  // Hard: for good, as far as this caller is concerned.
  parameters: { 'retry-after': ['1', 'none', '30'], hard: ['no', 'yes'] },
  strike: ({ pick }) => {
    if (pick('hard') === 'yes') return { answer: refused(429, 'the quota is used up', 'never'), delayMs: nominalMs }
    const after = pick('retry-after')
    const afterMs = after === 'none' ? undefined : Number(after) * 1_000
    return { answer: refused(429, 'too many requests', 'later', afterMs), delayMs: nominalMs }
  },
}
