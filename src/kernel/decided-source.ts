/** A source for which everything has been decided: named alternatives at named sites, and the simplest elsewhere. */

import type { Source } from './source.js'

/** `meet` is told each label whose decision was one that its site offers. */
export function decidedSource(decisions: ReadonlyMap<string, string>, meet?: (label: string) => void): Source {
  const met = (label: string, index: number): number => {
    meet?.(label)
    return index
  }
  return {
    pick(label, _hash, _kind, alternatives) {
      const wanted = decisions.get(label)
      if (wanted === undefined) return 0
      const index = alternatives.indexOf(wanted)
      return index < 0 ? 0 : met(label, index)
    },
    below(label, _hash, bound) {
      const wanted = decisions.get(label)
      if (wanted === undefined || !/^(0|[1-9]\d*)$/.test(wanted)) return 0
      const value = Number(wanted)
      return value < bound ? met(label, value) : 0
    },
  }
}
