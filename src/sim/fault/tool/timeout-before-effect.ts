/** The request never arrives. */

import { brokenAfterMs, type ServiceFault, toolFault } from '../service-fault.js'

export const timeoutBeforeEffect: ServiceFault = {
  ...toolFault,
  name: 'tool/timeout-before-effect',
  says: 'The request is lost: nothing happened, and no answer comes.',
  on: 'both',
  strike: () => ({ answer: { kind: 'lost' }, delayMs: brokenAfterMs }),
}
