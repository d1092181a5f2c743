/** The names of all built-in faults. */

import { faults } from '../sim/fault/registry.js'

export const faultNames: readonly string[] = faults.map(({ name }) => name)
