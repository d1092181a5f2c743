/** Every mutant: a new one is an entry in the file of its section. */

import type { Agent } from '../agent/agent.js'
import { StormproofError } from '../core/error.js'
import { approvalMutants } from './approvals.js'
import { batchMutants } from './batches.js'
import { boundMutants } from './bounds.js'
import { contextMutants } from './context.js'
import { crashMutants } from './crash.js'
import { determinismMutants } from './determinism.js'
import { effectMutants } from './effects.js'
import { isolationMutants } from './isolation.js'
import { limitMutants } from './limits.js'
import type { AmbientChance, Mutant } from './mutant.js'
import { observabilityMutants } from './observability.js'
import { pairingMutants } from './pairing.js'
import { relationMutants } from './relations.js'
import { retryMutants } from './retries.js'
import { sagaMutants } from './sagas.js'
import { securityMutants } from './security.js'
import { storeMutants } from './stores.js'
import { teamMutants } from './team.js'
import { validityMutants } from './validity.js'

export const mutants: readonly Mutant[] = [
  ...pairingMutants,
  ...effectMutants,
  ...validityMutants,
  ...batchMutants,
  ...sagaMutants,
  ...crashMutants,
  ...storeMutants,
  ...retryMutants,
  ...limitMutants,
  ...boundMutants,
  ...approvalMutants,
  ...contextMutants,
  ...observabilityMutants,
  ...securityMutants,
  ...teamMutants,
  ...isolationMutants,
  ...relationMutants,
  ...determinismMutants,
]

/**
 * The agent on the runtime that this mutant breaks. `ambient` is needed by `ambient-jitter` alone.
 * Throws a `config` error for a name that no mutant has, and when the ambient chance is missing where it is drawn.
 */
export function mutate<T>(name: string, agent: Agent<T>, ambient: AmbientChance = noChance): Agent<T> {
  const mutant = mutants.find((one) => one.name === name)
  if (mutant) return mutant.change(agent, ambient)
  throw new StormproofError('config', `there is no mutant ${JSON.stringify(name)}`, {
    remedy: `use one of ${mutants.map((one) => one.name).join(', ')}`,
  })
}

const noChance: AmbientChance = () => {
  throw new StormproofError('config', 'this mutant takes chance from outside, and none was given', {
    remedy: 'pass a source of chance as the third argument of `mutate`',
  })
}
