/** One service that fails drags others along: from here on requests are refused until the storm is over. */

import { refused } from '../../answer.js'
import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

const answer = refused(503, 'a service this one depends on is down', 'later')

export const cascade: ServiceFault = {
  ...toolFault,
  name: 'tool/cascade',
  says: 'From here on the operation, or the whole service, is refused until the storm is over.',
  on: 'both',
  parameters: { scope: ['operation', 'service'], after: ['1', '2', '4'] },
  strike: ({ service, request, pick }) => {
    const on = pick('scope') as 'operation' | 'service'
    const passes = Number(pick('after')) - 1
    const lasts = { answer, delayMs: nominalMs, on, times: Number.POSITIVE_INFINITY, passes: Math.max(0, passes - 1) }
    if (passes === 0) return { answer, delayMs: nominalMs, lasts }
    const instead = service.carryOut(request, 'all')
    return { answer: instead, delayMs: nominalMs, instead, lasts }
  },
}
