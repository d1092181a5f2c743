/** A request for several things of which only some are done. */

import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

export const partialEffect: ServiceFault = {
  ...toolFault,
  name: 'tool/partial-effect',
  says: 'Only part of it happened, and the service says so with an error.',
  on: 'writes',
  fits: ({ implementation, request }) => implementation.partial(request.input) !== undefined,
  strike: ({ service, request }) => {
    const wasDone = service.remembers(request)
    const done = service.carryOut(request, 'part')
    if (wasDone || done.kind !== 'value') return { answer: done, delayMs: nominalMs, instead: done }
    const answer = {
      kind: 'broken',
      status: 500,
      text: 'only part of it was done',
      body: { error: 'partial' },
    } as const
    return { answer, delayMs: nominalMs }
  },
}
