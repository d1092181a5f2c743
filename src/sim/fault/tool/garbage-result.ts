/** An answer that no schema expects, sent with every sign of success. */

import { nominalMs, type ServiceFault, toolFault } from '../service-fault.js'

const garbage: Readonly<Record<string, unknown>> = {
  html: '<html><body>Bad gateway</body></html>',
  null: null,
  'error-in-200': { error: 'internal error' },
  empty: '',
}

export const garbageResult: ServiceFault = {
  ...toolFault,
  name: 'tool/garbage-result',
  says: 'It happened, and the answer is garbage.',
  on: 'both',
  parameters: { kind: Object.keys(garbage) },
  strike: ({ service, request, pick }) => {
    service.carryOut(request, 'all')
    return { answer: { kind: 'value', value: garbage[pick('kind')] }, delayMs: nominalMs }
  },
}
