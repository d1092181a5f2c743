/** Two requests share a connection, and the later one is answered first. */

import { nominalMs, type ServiceFault, transportFault } from '../service-fault.js'

export const reorder: ServiceFault = {
  ...transportFault,
  name: 'transport/reorder',
  says: 'The answer to a request overtakes that to an earlier one on the same connection.',
  on: 'both',
  fits: ({ beside }) => beside !== undefined,
  strike: ({ service, request }) => {
    const answer = service.carryOut(request, 'all')
    // A little later than the other would have come.
    return { answer, delayMs: nominalMs + 1, instead: answer, overtakes: service.flights.beside(request) }
  },
}
