/** The names of the built-in faults that are an outcome of an operation: the kinds a storm can be without. */

import { faults } from '../sim/fault/registry.js'

export const outcomeFaults: readonly string[] = faults
  .filter(({ chosenAs }) => chosenAs === 'outcome')
  .map(({ name }) => name)

/** Those without details. */
export const plainFaults: readonly string[] = faults
  .filter(({ name, parameters }) => outcomeFaults.includes(name) && Object.keys(parameters).length === 0)
  .map(({ name }) => name)

/** Those that nothing chooses: they hold in every weather. */
export const standingFaults: readonly string[] = faults
  .filter(({ chosenAs }) => chosenAs === 'always')
  .map(({ name }) => name)
