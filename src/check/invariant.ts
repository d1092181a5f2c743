/** A check: one promise, judged event by event as a history grows. */

import type { EventOf, EventType } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { Judge, Judgement } from './judgement.js'

export type Handlers<S> = { readonly [K in EventType]?: (state: S, event: EventOf<K>, judge: Judge) => Judgement }

/** One invariant. Its state is a fold over the events it names; it reads nothing else. */
export interface Check<S = any> {
  readonly name: string
  /** The promise in one sentence. */
  readonly says: string
  /** Safety is judged as events arrive; liveness needs a world at rest, and is unknown for a truncated history. */
  readonly kind: 'safety' | 'liveness'
  /** Clause letter to sentence. */
  readonly clauses: Readonly<Record<string, string>>
  /** The usual remedy, in one line. */
  readonly usual: string
  /** The mutant that proves this check: it must be killed by it. Empty for promises of users, and where no single run can break it. */
  readonly mutant: string
  /** Relations between two trials that serve this promise, and which clause each is for. */
  readonly relations?: Readonly<Record<string, string>>
  /** Filled by comparing two runs of one trial: a watch skips it. */
  readonly relation?: true
  /** A promise of the scenario's author about what comes of it all: not judged any more once the model has meant something else. */
  readonly authored?: true
  /** The backends, by key, whose answers it compares: they are in the history for its sake. */
  readonly models?: readonly string[]
  /** No promise: somewhere a suite must get to. */
  readonly situation?: true
  /** False when the agent lacks what the promise is about, as far as its declaration tells. */
  concerns(facts: Facts): boolean
  start(facts: Facts): S
  readonly on: Handlers<S>
  /** Judged once, when the world has come to rest or its budget has ended (`truncated`). */
  atRest?(state: S, judge: Judge, truncated: boolean): Judgement
  /** Whether this history met the port or feature the promise is about; absent: the declaration alone decides. */
  met?(state: S): boolean
}
