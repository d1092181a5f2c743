/** The random walk: each completion that may come next is as likely as any other. What other schedulers are measured against. */

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
