/** The connection is reset: before the request was sent, after it, or in the middle of the answer. */

import { nominalMs, type ServiceFault, transportFault } from '../service-fault.js'

export const reset: ServiceFault = {
  ...transportFault,
  name: 'transport/reset',
  says: 'The connection is reset: before the request got there, after it had, or in the middle of the answer.',
  on: 'both',
  parameters: { at: ['before-send', 'after-send', 'mid-body'] },
  strike: ({ service, request, pick }) => {
    const at = pick('at')
    if (at === 'before-send') return { answer: { kind: 'lost' }, delayMs: nominalMs }
    const instead = service.carryOut(request, 'all')
    const cut = at === 'mid-body' && instead.kind === 'value'
    return { answer: cut ? { kind: 'cut', value: instead.value } : { kind: 'lost' }, delayMs: nominalMs }
  },
}
