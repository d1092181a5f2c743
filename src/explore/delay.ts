/**
 * Delay bounding (Emmi, Qadeer, Rakamaric: "Delay-Bounded Scheduling", POPL 2011): answers come in the order of their due times, but for
 * a few delays; what is delayed comes after all that could have come in its place.
 */

import { hash32, mix32 } from '../core/digest.js'
import type { Ready, Source } from '../kernel/source.js'
import { randomSource } from './random-source.js'
import type { Strategy } from './strategy.js'

const spots = hash32('delay-step')
const counts = hash32('delay-count')
const mostDelays = 3

export interface DelayShape {
  readonly delays: number
  /** How many completions a trial has, about. */
  readonly steps: number
}

export function delayOrder(key: number, { delays, steps }: DelayShape): Required<Source>['next'] {
  const left = new Map<number, number>()
  for (let i = 0; i < delays; i++) {
    const spot = mix32(key ^ mix32(spots + i)) % steps
    left.set(spot, (left.get(spot) ?? 0) + 1)
  }
  /** What is delayed, with those it waits for. */
  const behind = new Map<string, ReadonlySet<string>>()
  let step = 0
  const first = (ready: readonly Ready[], labels: ReadonlySet<string>): number => {
    const free = ready.findIndex(({ label }) => ![...(behind.get(label) ?? [])].some((other) => labels.has(other)))
    return Math.max(0, free)
  }
  return (ready) => {
    const labels = new Set(ready.map(({ label }) => label))
    for (let times = left.get(step++) ?? 0; times > 0; times--) {
      const { label } = ready[first(ready, labels)] as Ready
      // Those that wait for it already are not waited for.
      const others = [...labels].filter((other) => other !== label && !behind.get(other)?.has(label))
      behind.set(label, new Set(others))
    }
    return first(ready, labels)
  }
}

export const delay = {
  name: 'delay',
  says: 'the order of answers by due time but for up to three delays; faults as by random',
  open: ({ key, preset, steps }) => ({
    ...randomSource(key, preset),
    next: delayOrder(key, { delays: 1 + (mix32(key ^ counts) % mostDelays), steps }),
  }),
} as const satisfies Strategy
