/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs", ASPLOS 2010): of the lanes that may go on, the one of the highest priority does; at `depth - 1` steps,
 * drawn beforehand, the lane whose turn it is falls below all others. A bug that needs `depth` orderings among n lanes in k steps shows
 * with a chance of at least 1 / (n · k^(depth - 1)).
 */

import { hash32, mix32 } from '../core/digest.js'
import type { Ready, Source } from '../kernel/source.js'
import { randomSource } from './random-source.js'
import { laneOf, type Strategy } from './strategy.js'

export interface PctShape {
  /** How many orderings the bug needs, from 1. */
  readonly depth: number
  /** How many completions a trial has, about. */
  readonly steps: number
}

const changes = hash32('pct-change')
const depths = hash32('pct-depth')
/** Bugs that need more are rare. */
const deepest = 3

export function pctOrder(key: number, { depth, steps }: PctShape): Required<Source>['next'] {
  // Of two changes at one step the later counts, as in the paper.
  const fallsAt = new Map<number, number>()
  for (let i = 1; i < depth; i++) fallsAt.set(mix32(key ^ mix32(changes + i)) % steps, i)
  const fallen = new Map<string, number>()
  let step = 0
  // Those that fell stand below all others; the first to fall stands lowest.
  const priority = (lane: string): number => {
    const low = fallen.get(lane)
    return low === undefined ? mix32(key ^ hash32(lane)) + depth : low
  }
  const highest = (lanes: readonly string[]): number => {
    let best = 0
    for (let i = 1; i < lanes.length; i++) if (priority(lanes[i] as string) > priority(lanes[best] as string)) best = i
    return best
  }
  return (ready: readonly Ready[]) => {
    const lanes = ready.map(({ label }) => laneOf(label))
    const fall = fallsAt.get(step++)
    if (fall !== undefined) fallen.set(lanes[highest(lanes)] as string, fall)
    return highest(lanes)
  }
}

export const pct = {
  name: 'pct',
  says: 'the order of answers by random priorities with a few changes; faults as by random',
  open: ({ key, preset, steps }) => ({
    ...randomSource(key, preset),
    next: pctOrder(key, { depth: 1 + (mix32(key ^ depths) % deepest), steps }),
  }),
} as const satisfies Strategy
