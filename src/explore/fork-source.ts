/** A fork: one source up to an event, another from there on. How else could it have gone on? */

import type { Source } from '../kernel/source.js'

/** `from`: the place of the first event that `after` decides about; before it everything is as `before` says. Neither may order completions itself. */
export function forkSource(before: Source, from: number, after: Source): Source {
  let position = (): number => 0
  const acting = (): Source => (position() < from ? before : after)
  return {
    begin: (where) => {
      position = where
    },
    pick: (label, hash, kind, alternatives) => acting().pick(label, hash, kind, alternatives),
    below: (label, hash, bound) => acting().below(label, hash, bound),
  }
}
