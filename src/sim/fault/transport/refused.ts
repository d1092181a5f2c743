/** Nobody listens at the other end. */

import { type ServiceFault, transportFault } from '../service-fault.js'

const answer = { kind: 'unreached' } as const
const delayMs = 10

export const refusedConnection: ServiceFault = {
  ...transportFault,
  name: 'transport/refused',
  says: 'The connection is refused: the request never left. So may be the next tries.',
  on: 'both',
  parameters: { times: ['1', '3', '10'] },
  strike: ({ pick }) => {
    const more = Number(pick('times')) - 1
    return { answer, delayMs, ...(more > 0 && { lasts: { answer, delayMs, on: 'call', times: more, passes: 0 } }) }
  },
}
