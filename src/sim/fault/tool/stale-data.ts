/** A read that is answered by a copy which has not heard of the last writes. */

import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

export const staleData: ServiceFault = {
  ...toolFault,
  name: 'tool/stale-data',
  says: 'The service answers with what was true before its last writes.',
  on: 'reads',
  parameters: { 'versions-behind': ['1', '2', 'all'] },
  fits: ({ implementation, service }) => !implementation.consistent && service.history.writes > 0,
  strike: ({ service, request, pick }) => {
    const behind = pick('versions-behind')
    const instead = service.carryOut(request, 'all')
    const answer = service.answerAsOf(request, behind === 'all' ? Number.POSITIVE_INFINITY : Number(behind))
    return { answer, delayMs: nominalMs, instead }
  },
}
