/** Reads that were answered from what an earlier call had read, and what the history says of both. */

import type { EventOf, Intent } from '../core/event.js'
import type { Json } from '../core/json.js'

interface Read {
  readonly seq: number
  readonly outcome: string
  readonly value: Json
}

export interface CacheHits {
  /** Calls by their path. */
  readonly intents: Map<string, Intent>
  readonly settled: Map<string, Read>
  /** The first attempt of each write, and where it stands. */
  readonly writes: Map<string, number>
}

export const noHits = (): CacheHits => ({ intents: new Map(), settled: new Map(), writes: new Map() })

export function noteBatch({ intents }: CacheHits, { calls }: EventOf<'batch-open'>): void {
  for (const intent of calls) intents.set(intent.call, intent)
}

export function noteStart({ intents, writes }: CacheHits, { call, seq }: EventOf<'attempt-start'>): void {
  if (intents.get(call)?.effect !== 'read') writes.set(call, writes.get(call) ?? seq)
}

export function noteSettled({ settled }: CacheHits, { call, seq, outcome, value }: EventOf<'call-settled'>): void {
  settled.set(call, { seq, outcome, value: value ?? null })
}

const served = /^as read by (\S+)$/

/** The call whose result this one was given; undefined: it was not served from a cache. */
export const sourceOf = ({ attempts, note }: EventOf<'call-settled'>): string | undefined =>
  attempts === 0 ? served.exec(note ?? '')?.[1] : undefined

/** Undeclared resources may be any. */
export function mayOverlap({ resources: one }: Intent, { resources: other }: Intent): boolean {
  return !one || !other || one.some((resource) => other.includes(resource))
}
