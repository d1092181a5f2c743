/** The registry of strategies: a new one is one file and one line here. */

import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { delay } from './delay.js'
import { pct } from './pct.js'
import { randomSource } from './random-source.js'
import type { Strategy } from './strategy.js'
import { swarmSource } from './swarm-source.js'
import { walk } from './walk.js'

const random = {
  name: 'random',
  says: 'each choice by chance, as the preset weighs it',
  open: ({ key, preset }) => randomSource(key, preset),
} as const satisfies Strategy

const swarm = {
  name: 'swarm',
  says: 'the same, each storm without a random subset of the kinds of faults',
  open: ({ key, preset }) => swarmSource(key, preset),
} as const satisfies Strategy

const strategies = [random, swarm, pct, walk, delay] as const

export type StrategyName = (typeof strategies)[number]['name']

export const strategyNames: readonly StrategyName[] = strategies.map(({ name }) => name)

/** Throws a `usage` error for a name that no strategy has. */
export function strategyOf(name: string): (typeof strategies)[number] {
  const found = strategies.find((one) => one.name === name)
  if (found) return found
  throw new StormproofError('usage', `there is no strategy ${JSON.stringify(name)}`, {
    remedy: didYouMean(name, strategyNames, `use one of ${strategyNames.join(', ')}`),
  })
}
