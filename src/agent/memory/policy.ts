/** What an agent remembers: what it declares, checked and with its defaults. */

import { StormproofError } from '../../core/error.js'
import type { MemoryOptions } from '../../core/memory.js'
import type { Weights } from '../../core/relevance.js'
import { hashingEmbedder } from '../../core/vector.js'

type Optional = 'semantic' | 'reflect' | 'procedure' | 'ttlMs'
export type MemoryPolicy = Required<Omit<MemoryOptions, Optional | 'weights'>> &
  Pick<MemoryOptions, Optional> & { readonly weights: Weights }

/** Importance from which an item is kept for other sessions. */
export const worthKeeping = 0.7

export const storeTimeoutMs = 5_000

/** Throws a `config` error for numbers out of their range. */
export function memoryPolicy({ weights, ...options }: MemoryOptions): MemoryPolicy {
  const policy: MemoryPolicy = {
    ...{ items: 5, capacity: 64, halfLifeMs: 3_600_000, similarity: 0.95, reflectAfter: 10, trust: 'untrusted' },
    embed: hashingEmbedder,
    importance: ({ outcome }) => (outcome === 'ok' ? 0.5 : 0.8),
    ...options,
    weights: { recency: 1, importance: 1, relevance: 1, ...weights },
  }
  const counts = [policy.items, policy.capacity, policy.halfLifeMs, policy.reflectAfter, policy.ttlMs ?? 1]
  const shares = [policy.similarity, ...Object.values(policy.weights)]
  if (counts.every((one) => Number.isSafeInteger(one) && one >= 1) && shares.every((one) => one >= 0)) return policy
  throw new StormproofError('config', 'a number in `memory` is out of its range', {
    remedy: 'counts and times are whole numbers from 1, weights and similarity are not negative',
  })
}
