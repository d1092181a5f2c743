/** Others write to what a request is about: their effects land first, and it finds another state than its caller has read. */

import { nominalMs, type ServiceFault } from '../service-fault.js'

export const sharedResource: ServiceFault = {
  name: 'isolation/shared-resource',
  says: 'Other writers are faster: they change, take or remove what the request is about just before it takes effect.',
  family: 'isolation',
  tolerated: true,
  chosenAs: 'outcome',
  // How many writers there are in all.
  parameters: { n: ['2', '3', '5'] },
  on: 'writes',
  fits: ({ implementation, service, request }) => implementation.rival !== undefined && !service.remembers(request),
  strike: ({ service, request, pick }) => {
    const before = service.history.writes
    for (let writers = Number(pick('n')); writers > 1; writers--) service.rival(request)
    const answer = service.carryOut(request, 'all')
    const instead = service.answerAsOf(request, service.history.writes - before)
    return { answer, delayMs: nominalMs, instead }
  },
}
