/** A history that goes on by other chances: decided up to a site, and from there on as another source chooses. */

import type { Source } from '../kernel/source.js'

/** `until`: the label of the last site that is decided; from the very beginning, where it is empty. */
export function continuedSource(decided: Source, until: string, chance: Source): Source {
  let isDecided = until !== ''
  const now = (label: string): Source => {
    const source = isDecided ? decided : chance
    if (label === until) isDecided = false
    return source
  }
  return {
    pick: (label, hash, kind, alternatives) => now(label).pick(label, hash, kind, alternatives),
    below: (label, hash, bound) => now(label).below(label, hash, bound),
  }
}
