/** What is remembered: its five tiers, its items, and the ports to whoever weighs, embeds, concludes and keeps. */

import { requireThat } from './definition.js'
import type { Trust } from './prompt.js'
import type { Weights } from './relevance.js'
import { type Embed, hashingEmbedder, type Vector } from './vector.js'

/** A kind of memory: whom it serves, what it holds, and what reading it takes. */
export interface Tier {
  readonly scope: 'prompt' | 'session' | 'every session' | 'version'
  readonly tokens?: number
  /** Milliseconds, least and most. */
  readonly latencyMs: readonly [number, number]
}

export const tiers = {
  active: { scope: 'prompt', tokens: 200_000, latencyMs: [0, 0] },
  summary: { scope: 'prompt', tokens: 10_000, latencyMs: [0, 0] },
  episodic: { scope: 'session', latencyMs: [5, 50] },
  semantic: { scope: 'every session', latencyMs: [10, 100] },
  procedural: { scope: 'version', latencyMs: [0, 0] },
} as const satisfies Readonly<Record<string, Tier>>

/** What a read of a tier takes. `share`, from 0 to 1, is where between its bounds. */
export const latencyOf = ({ latencyMs: [least, most] }: Tier, share: number): number =>
  Math.round(least + (most - least) * Math.min(1, Math.max(0, share)))

/** One thing remembered. `version` is its place in the order of commits, which is the only order there is. */
export interface MemoryItem {
  readonly id: string
  readonly version: number
  /** `episodic` stays in its session; `semantic` is also kept in the store that outlives it. */
  readonly tier: 'episodic' | 'semantic'
  readonly kind: 'observation' | 'reflection'
  readonly text: string
  /** From 0 to 1. */
  readonly importance: number
  readonly trust: Trust
  /** Calls (`t3.c0`) or items it was made from; never empty. */
  readonly sources: readonly string[]
  /** The writer's monotonic clock. */
  readonly at: number
}

/** A remembered text as a prompt shows it; `text` is absent where the log already holds it. */
export interface ReadItem {
  readonly id: string
  readonly version: number
  readonly origin: 'session' | 'store'
  readonly trust: Trust
  readonly text?: string
}

/** Something that happened in a batch. */
export interface Observation {
  readonly call: string
  readonly tool: string
  readonly outcome: string
  readonly text: string
}

/** A conclusion from items, which it names by id: one without sources is not kept. */
export interface Reflection {
  readonly text: string
  readonly sources: readonly string[]
  readonly importance?: number
}

/** Instructions and examples of one version. */
export interface Procedure {
  readonly version: string
  readonly text: string
}

export interface StoredItem {
  readonly id: string
  readonly text: string
  readonly importance: number
  readonly trust: Trust
  readonly vector: Vector
}

/** `version`: the order in which the store got them. `ageMs`: by the store's own clock. */
export type FoundItem = StoredItem & { readonly version: number; readonly ageMs: number }

export interface AskOptions {
  readonly signal: AbortSignal
  /** The asker's monotonic clock. */
  readonly now: number
}

/** What outlives a session, found by meaning. */
export interface SemanticStore {
  /** Putting an id again changes nothing. */
  put(items: readonly StoredItem[], options: AskOptions): Promise<unknown>
  search(query: { vector: Vector; text: string; limit: number }, options: AskOptions): Promise<readonly FoundItem[]>
  remove(ids: readonly string[], options: AskOptions): Promise<unknown>
}

/** What an agent remembers, as its author declares it. */
export interface MemoryOptions {
  /** Items a prompt may show. Default 5. */
  readonly items?: number
  /** Items of a session; the oldest leave first. Default 64. */
  readonly capacity?: number
  /** Default 1 each. */
  readonly weights?: Partial<Weights>
  /** After this long an item is worth half as new. Default one hour. */
  readonly halfLifeMs?: number
  /** Older items are forgotten. Default: none is. */
  readonly ttlMs?: number
  /** Texts at least this similar are one. From 0 to 1; default 0.95. */
  readonly similarity?: number
  /** Default: a hash of the words, without any model. */
  readonly embed?: Embed
  /** From 0 to 1; null: not worth remembering. Default 0.5, and 0.8 for what did not go well. */
  readonly importance?: (observation: Observation) => number | null
  /** Where reflections, and items of importance 0.7 or more, outlive the session. */
  readonly semantic?: SemanticStore
  /** Draws conclusions from the items, each time `reflectAfter` (default 10) new ones are there. */
  readonly reflect?: (
    items: readonly MemoryItem[],
    signal: AbortSignal,
  ) => readonly Reflection[] | Promise<readonly Reflection[]>
  readonly reflectAfter?: number
  /** The instructions in force beside the agent's own, read before each turn. */
  readonly procedure?: () => Procedure
  /** Of observations. Default `untrusted`: tools made them. */
  readonly trust?: Trust
}

type Optional = 'semantic' | 'reflect' | 'procedure' | 'ttlMs'
export type MemoryPolicy = Required<Omit<MemoryOptions, Optional | 'weights'>> &
  Pick<MemoryOptions, Optional> & { readonly weights: Weights }

/** What an agent remembers. Throws a `config` error for numbers out of their range. */
export function memoryPolicy({ weights, ...options }: MemoryOptions): MemoryPolicy {
  const policy: MemoryPolicy = {
    items: 5,
    capacity: 64,
    halfLifeMs: 3_600_000,
    similarity: 0.95,
    reflectAfter: 10,
    trust: 'untrusted',
    embed: hashingEmbedder,
    importance: ({ outcome }) => (outcome === 'ok' ? 0.5 : 0.8),
    weights: { recency: 1, importance: 1, relevance: 1, ...weights },
    ...options,
  }
  const counts = [policy.items, policy.capacity, policy.halfLifeMs, policy.reflectAfter, policy.ttlMs ?? 1]
  const shares = [policy.similarity, ...Object.values(policy.weights)]
  const isSound = counts.every((one) => Number.isSafeInteger(one) && one >= 1) && shares.every((one) => one >= 0)
  const remedy = 'counts and times are whole numbers from 1, weights and similarity are not negative'
  requireThat(isSound, 'a number in `memory` is out of its range', remedy)
  return policy
}
