/** Something between the caller and the service sends a request twice. */

import { nominalMs, type ServiceFault, transportFault } from '../service-fault.js'

/** A service that knows no keys cannot tell the two apart, and no caller can help it: only where a scenario allows it. */
export const duplicateDelivery: ServiceFault = {
  ...transportFault,
  name: 'transport/duplicate-delivery',
  says: 'A request is delivered twice, and the answer to the second delivery is the one that comes back.',
  on: 'writes',
  parameters: { gap: ['1000', '0', '60000'] },
  fits: ({ implementation, allowed }) => implementation.keyed || allowed,
  waives: ({ keyed }) => (keyed ? [] : ['at-most-once-effect', 'always']),
  strike: ({ service, request, pick }) => {
    const gapMs = Number(pick('gap'))
    const first = service.carryOut(request, 'all')
    let second = first
    const deliver = (): boolean => {
      const { writes } = service.history
      second = service.carryOut(request, 'all')
      return service.history.writes > writes
    }
    return {
      answer: () => second,
      delayMs: nominalMs + gapMs,
      afterwards: { inMs: nominalMs / 2 + gapMs, deliver },
      ...(gapMs === 0 && { instead: first }),
    }
  },
}
