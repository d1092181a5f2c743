/** The service refuses, and nothing happened. */

import { refused } from '../../answer.js'
import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

export const toolError: ServiceFault = {
  ...toolFault,
  name: 'tool/error',
  says: 'The service refuses before anything happened.',
  on: 'both',
  parameters: { kind: ['transient', 'permanent'] },
  strike: ({ pick }) => ({
    answer:
      pick('kind') === 'transient'
        ? refused(503, 'the service is unavailable', 'later')
        : refused(422, 'the service refused', 'never'),
    delayMs: nominalMs,
  }),
}
