/** Replay: base zero, and named alternatives at named sites. */

import type { Source } from '../kernel/source.js'
import type { Pair } from './hands.js'

export interface ReplaySource extends Source {
  /** What was never met: the site was not reached, or does not offer the alternative. In the order given. */
  unconsumed(): readonly Pair[]
}

/** Of two decisions about one label the later counts. */
export function replaySource(decisions: readonly Pair[]): ReplaySource {
  const overrides = new Map(decisions)
  const met = new Set<string>()
  const meet = (label: string, index: number): number => {
    met.add(label)
    return index
  }
  return {
    pick(label, _hash, _kind, alternatives) {
      const wanted = overrides.get(label)
      if (wanted === undefined) return 0
      const index = alternatives.indexOf(wanted)
      return index < 0 ? 0 : meet(label, index)
    },
    below(label, _hash, bound) {
      const wanted = overrides.get(label)
      if (wanted === undefined || !/^(0|[1-9]\d*)$/.test(wanted)) return 0
      const value = Number(wanted)
      return value < bound ? meet(label, value) : 0
    },
    unconsumed: () => [...overrides].filter(([label]) => !met.has(label)),
  }
}
