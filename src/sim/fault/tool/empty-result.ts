/** A success without a body. */

import { type ServiceFault, spoil, toolFault } from '../service-fault.js'

export const emptyResult: ServiceFault = {
  ...toolFault,
  name: 'tool/empty-result',
  says: 'It happened, and the answer is empty.',
  on: 'both',
  strike: (struck) => spoil(struck, () => ({ kind: 'body', text: '', type: 'application/json', read: undefined })),
}
