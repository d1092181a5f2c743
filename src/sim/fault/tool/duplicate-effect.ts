/** A service that breaks its own contract: one request takes effect more than once, whatever its key. */

import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

export const duplicateEffect: ServiceFault = {
  ...toolFault,
  name: 'tool/duplicate-effect',
  says: 'One request takes effect more than once, whatever its key.',
  tolerated: false,
  on: 'writes',
  parameters: { copies: ['2', '3', '5'] },
  waives: () => ['at-most-once-effect', 'always'],
  strike: ({ service, request, pick }) => {
    const answer = service.carryOut(request, 'all')
    for (let copy = Number(pick('copies')); copy > 1; copy--) service.carryOut({ ...request, key: undefined }, 'all')
    return { answer, delayMs: nominalMs }
  },
}
