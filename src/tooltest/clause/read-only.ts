/** A read changes nothing. */

import type { Clause } from './clause.js'
import { broken, doesNotApply, held } from './clause.js'
import { oneCall } from './one-call.js'

export const readOnly: Clause = {
  name: 'read-only',
  says: 'read-only',
  weight: 2,
  plays: 1,
  beside: ({ facts }) =>
    facts.effect === 'read'
      ? undefined
      : doesNotApply(`does not apply to ${facts.effect === 'write' ? 'a write' : 'what cannot be undone'}`),
  cases: (kit) => oneCall(kit),
  judge: ([history], { facts }) => {
    const [effect] = history?.effects ?? []
    return effect
      ? broken(
          `${facts.effectFrom === 'inferred' ? 'most calls change nothing, and this one does' : `${facts.effectFrom} a read, and it changes something`}`,
        )
      : held
  },
  kept: (exercised) => `${exercised} calls, 0 effects`,
}
