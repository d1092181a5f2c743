/** The invariants and faults that come with stormproof, as the commands show them. */

import { invariants } from '../check/registry.js'
import { reportsOf } from '../check/reported/registry.js'
import { mutants } from '../mutant/registry.js'
import { faults } from '../sim/fault/registry.js'

export interface Entry {
  readonly name: string
  readonly says: string
  /** What `explain` adds. */
  readonly more: readonly string[]
}

export const invariantEntries: readonly Entry[] = invariants.map((check) => ({
  name: check.name,
  says: check.says,
  more: [
    ...Object.entries(check.clauses).map(([letter, clause]) => `${letter}  ${clause}`),
    ...(check.usual === '' ? [] : [`usual remedy: ${check.usual}`]),
    ...(check.mutant === '' ? [] : [`proven by the mutant ${check.mutant}: ${breaksOf(check.mutant)}`]),
    ...reportsOf(check.name).map(({ title, link }) => `reported: ${title} (${link})`),
    check.kind === 'safety' ? 'judged after every event' : 'judged when the world has come to rest',
  ],
}))

function breaksOf(name: string): string {
  return mutants.find((mutant) => mutant.name === name)?.breaks ?? ''
}

export const faultEntries: readonly Entry[] = faults.map((fault) => ({
  name: fault.name,
  says: fault.says,
  more: [
    fault.tolerated ? 'a correct agent keeps every promise under it' : 'no agent can keep every promise under it',
    ...Object.entries(fault.parameters).map(([name, values]) => `${name}: ${values.join(', ')}`),
  ],
}))
