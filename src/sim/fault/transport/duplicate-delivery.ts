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
    const instead = service.carryOut(request, 'all')
    return {
      answer: instead,
      delayMs: nominalMs + gapMs,
      afterwards: { inMs: nominalMs / 2 + gapMs, deliver: () => service.carryOut(request, 'all') },
      ...(gapMs === 0 && { instead }),
    }
  },
}
