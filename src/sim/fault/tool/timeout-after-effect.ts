/** The answer never arrives: what doubles an effect when it is taken for a failure. */

import { brokenAfterMs, type ServiceFault, toolFault } from '../service-fault.js'

export const timeoutAfterEffect: ServiceFault = {
  ...toolFault,
  name: 'tool/timeout-after-effect',
  says: 'It happened, and the answer is lost.',
  on: 'writes',
  strike: ({ service, request }) => {
    service.carryOut(request, 'all')
    return { answer: { kind: 'lost' }, delayMs: brokenAfterMs }
  },
}
