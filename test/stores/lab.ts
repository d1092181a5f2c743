/** Where a store is put to the test: several clients of the same data, and what else its kind allows. */

import type { LogEvent } from '../../src/core/event.js'
import type { Store } from '../../src/core/store.js'
import type { ListingStore } from '../../src/platform/recover.js'

/** The simulated store has no list of its sessions. */
export type Client = Store & Partial<Pick<ListingStore, 'sessions'>>

export interface Lab {
  /** A new client of the same data, as another process would be. */
  client(): Client
  /** A client that is never told of the next write, although it counts. Absent: nothing lies between client and store that could lose it. */
  deafened?(): Client
}

/** Puts its hands on a client: what a store looks like whose adapter is broken. */
export type Flaw = (client: Client) => Client

type Ability = 'sessions' | 'deafened'

export interface Case {
  readonly name: string
  /** What the lab must have for it. */
  readonly needs?: Ability
  readonly run: (lab: Lab) => Promise<void>
}

export interface Kind {
  readonly name: string
  readonly has: readonly Ability[]
  /** Runs the case on an empty store, every client of which has the flaw. Rejects where the store does not keep it. */
  judge(one: Case, flaw?: Flaw): Promise<void>
}

export const suits = ({ has }: Kind, { needs }: { readonly needs?: Ability }): boolean =>
  needs === undefined || has.includes(needs)

export const sound: Flaw = (client) => client

export const event = (turn: number, attempt = 1): LogEvent => ({ type: 'model-call-start', turn, attempt })
