/** Whether a trial is compared with another, and by what: chosen at its beginning like all else, so that its token says it. */

import type { World } from '../../kernel/world.js'
import { relations } from './registry.js'
import type { Change, Relation } from './relation.js'

const site = 'run/relation'
const offered = ['none', ...relations.map(({ name }) => name)]

/** A place in the run, in per mille: the same whatever else of the run goes away. */
const places = 1_000

export interface Chosen {
  readonly relation: Relation
  /** Which of the things that could be changed is. */
  readonly among: (changes: readonly Change[]) => Change | undefined
}

/** Undefined: it stands for itself. */
export function chosenIn({ tape }: World): Chosen | undefined {
  const relation = relations[tape.pick(site, 'relation', offered) - 1]
  if (!relation) return undefined
  const place = tape.below(`${site}@place`, places)
  return { relation, among: (changes) => changes[Math.floor((place * changes.length) / places)] }
}
