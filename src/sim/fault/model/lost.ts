/** No byte of the answer arrives. */

import { type ModelFault, modelFault } from '../model-fault.js'

export const lost: ModelFault = {
  ...modelFault,
  name: 'model/lost',
  says: 'The connection to the provider breaks after the request was accepted.',
  on: 'any',
  spoil: () => [{ kind: 'lost' }, 5_000],
}
