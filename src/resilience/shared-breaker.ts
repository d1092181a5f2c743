/** The state of a breaker in a cell that several instances share: every change may be tried twice and counts once. */

import { type BreakerState, closedBreaker } from './breaker.js'

export interface SharedBreaker extends BreakerState {
  /** When the probe got its place, and when that is free again, whoever holds it. */
  readonly probeFrom: number
  readonly probeUntil: number
  /** The last attempts that changed something. */
  readonly counted: readonly string[]
}

const remembered = 64
const fresh: SharedBreaker = { ...closedBreaker, probeFrom: 0, probeUntil: 0, counted: [] }

/** A cell that nobody wrote, or whose contents are no breaker, is a closed one. */
export const sharedBreaker = (value: unknown): SharedBreaker =>
  Array.isArray((value as Partial<SharedBreaker> | undefined)?.counted) ? (value as SharedBreaker) : fresh

/** Asks `admit`. `probeMs` after it got its place a probe loses it, and what it says then moves nothing: its holder may be dead. */
export function askShared(
  admit: (state: BreakerState, at: number) => readonly [BreakerState, 'admitted' | 'refused'],
  before: SharedBreaker,
  at: number,
  probeMs: number,
): readonly [SharedBreaker, 'admitted' | 'refused'] {
  const rewound = at < before.openedAt ? { ...before, openedAt: at } : before
  const isHeld = rewound.kind !== 'half-open' || (at < rewound.probeUntil && at >= rewound.probeFrom)
  const now = isHeld ? rewound : { ...rewound, probe: undefined, generation: rewound.generation + 1 }
  const [next, verdict] = admit(now, at)
  if (next === now) return [now, verdict]
  return [{ ...now, ...next, probeFrom: at, probeUntil: at + probeMs }, verdict]
}

/** Counts an attempt by `count`, once; the same state where nothing changes. */
export function tellShared(
  count: (state: BreakerState) => BreakerState,
  before: SharedBreaker,
  name: string,
): SharedBreaker {
  if (before.counted.includes(name)) return before
  const next = count(before)
  return next === before ? before : { ...before, ...next, counted: [...before.counted, name].slice(-remembered) }
}
