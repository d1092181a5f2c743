/** Replay: base zero, and named alternatives at named sites. */

import { decidedSource } from '../kernel/decided-source.js'
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
  return {
    ...decidedSource(overrides, (label) => void met.add(label)),
    unconsumed: () => [...overrides].filter(([label]) => !met.has(label)),
  }
}
