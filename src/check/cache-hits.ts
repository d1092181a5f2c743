/** Reads that were answered from what an earlier call had read, and what the history says of both. */

import type { EventOf, Intent } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { Json } from '../core/json.js'
import type { Check } from './invariant.js'
import type { Judge, Judgement } from './judgement.js'

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

export function noteStart({ intents, writes }: CacheHits, { call, seq }: EventOf<'attempt-start'>): void {
  if (intents.get(call)?.effect !== 'read') writes.set(call, writes.get(call) ?? seq)
}

const served = /^as read by (\S+)$/

type JudgeServed = (state: CacheHits, event: EventOf<'call-settled'>, source: string, judge: Judge) => Judgement

/** Notes what was asked and what came of it; `judgeServed` judges each call that got what another, its `source`, had read. */
export const whenServed = (judgeServed: JudgeServed): Check<CacheHits>['on'] => ({
  'batch-open': ({ intents }, { calls }, judge) => {
    for (const intent of calls) intents.set(intent.call, intent)
    return judge.skip
  },
  'call-settled': (state, event, judge) => {
    const { call, seq, outcome, value, attempts, note } = event
    const source = attempts === 0 ? served.exec(note ?? '')?.[1] : undefined
    const judgement = source === undefined ? judge.skip : judgeServed(state, event, source, judge)
    state.settled.set(call, { seq, outcome, value: value ?? null })
    return judgement
  },
})

/** Whether an agent has a cache at all. */
export const keepsReads = ({ own, tools }: Facts): boolean => own && tools.some(({ cached }) => cached)

/** Undeclared resources may be any. */
export function mayOverlap({ resources: one }: Intent, { resources: other }: Intent): boolean {
  return !one || !other || one.some((resource) => other.includes(resource))
}
