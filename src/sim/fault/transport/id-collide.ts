/** Two requests in flight on one connection carry one id. */

import { nominalMs, type ServiceFault, transportFault } from '../service-fault.js'

export const idCollide: ServiceFault = {
  ...transportFault,
  name: 'transport/id-collide',
  says: 'Two requests in flight have one id: each is sent the answer of the other, which its client does not take.',
  on: 'both',
  // Over plain HTTP a request has no id: its answer comes on its own exchange.
  fits: ({ request, beside }) => !request.http && beside !== undefined,
  strike: ({ service, request }) => {
    const other = service.flights.beside(request)
    const own = service.carryOut(request, 'all')
    if (!other) return { answer: own, delayMs: nominalMs, instead: own }
    other.strayed = true
    return { answer: strayed, delayMs: nominalMs }
  },
}

/** What a client has of an answer that is not its own. */
export const strayed = {
  kind: 'broken',
  status: 502,
  text: 'the answer that came belongs to another request',
  body: { error: 'mismatched id' },
} as const
