/** A provider that holds every history to its rules. It does so in every weather, so nothing chooses it: what it refuses, or takes for something else, is counted. */

import { pairingProfiles } from '../../pairing-profile.js'
import type { FaultDefinition } from '../fault.js'
import { modelFault } from '../model-fault.js'

export const strictProvider: FaultDefinition = {
  ...modelFault,
  name: 'model/strict-provider',
  says: 'The provider refuses a history whose calls and results do not pair, or reads it as its profile has it.',
  chosenAs: 'always',
  // A scenario says which: `pairing`.
  parameters: { profile: pairingProfiles },
}
