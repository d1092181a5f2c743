/** The uniform random walk: at each step any completion that may come next does, all equally likely. It has no priorities to lose, so a long starvation is what it seldom finds. */

import { hash32, mix32 } from '../core/digest.js'
import type { Source } from '../kernel/source.js'
import { randomSource } from './random-source.js'
import type { Strategy } from './strategy.js'

const walks = hash32('walk')

export function walkOrder(key: number): Required<Source>['next'] {
  let step = 0
  return (ready) => mix32(key ^ mix32(walks + step++)) % ready.length
}

export const walk = {
  name: 'walk',
  says: 'the order of answers by chance alone, each equally likely; faults as by random',
  open: ({ key, preset }) => ({ ...randomSource(key, preset), next: walkOrder(key) }),
} as const satisfies Strategy
