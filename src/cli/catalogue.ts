/** The invariants, relations and faults that come with stormproof, as the commands show them. */

import type { Check } from '../check/invariant.js'
import { invariants } from '../check/registry.js'
import { reportsOf } from '../check/reported/registry.js'
import { mutants } from '../mutant/registry.js'
import { relations } from '../scenario/relation/registry.js'
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
    ...Object.entries(check.relations ?? {}).map(
      ([name, clause]) => `clause ${clause} by the relation ${name}: ${saysOf(name)}`,
    ),
    ...reportsOf(check.name).map(({ title, link }) => `reported: ${title} (${link})`),
    judgedWhen(check),
  ],
}))

function judgedWhen({ kind, atRest }: Check): string {
  if (kind === 'liveness') return 'judged when the world has come to rest'
  return atRest ? 'judged after every event, and of the whole at its end' : 'judged after every event'
}

function saysOf(relation: string): string {
  return relations.find(({ name }) => name === relation)?.says ?? ''
}

export const relationEntries: readonly Entry[] = relations.map(({ name, says }) => ({
  name,
  says: `A trial without its faults, and the same where ${says}: nothing else may differ.`,
  more: [
    ...invariants.flatMap(({ name: invariant, relations: served = {}, clauses }) => {
      const clause = served[name]
      return clause === undefined ? [] : [`what differs breaks ${invariant}, clause ${clause}: ${clauses[clause]}`]
    }),
    'one of these is chosen by some storms, at their beginning: run/relation',
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
