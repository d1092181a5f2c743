/** What a user says about a tool beside the tool itself. */

import type fc from 'fast-check'
import type { Backends, Client } from '../core/backend.js'
import type { Effect } from '../core/tool.js'
import type { ClauseName } from './clause/clause.js'

type StateOf<B> = B extends { readonly '~state': infer S } ? S : never

export interface ToolOptions<I, B extends Backends> {
  /** The services it asks. A host that none of them stands for is answered by a made-up service, which says yes to everything. */
  backends?: B
  /** What you claim. Left out, it is inferred, and the card says what it inferred. */
  claims?: { effect?: Effect; key?: (input: I) => string }
  /** Inputs that mean something: ids that exist, amounts that fit. Everything not named comes from the schema. */
  inputs?: (kit: { fc: typeof fc; state: { readonly [K in keyof B]: StateOf<B[K]> } }) => {
    [K in keyof I]?: fc.Arbitrary<I[K]>
  }
  /** Undoes a call with this input, by the clients of the backends. */
  compensate?: (input: I, clients: { readonly [K in keyof B]: Client<B[K]> }) => Promise<unknown>
  /** Clauses that are not judged, each with its reason. */
  without?: Partial<Record<ClauseName, `because ${string}`>>
  /** How many cases are played, all clauses together. Default 1,000. */
  cases?: number
  /** The same seed gives the same card, byte for byte. Default 1. */
  seed?: number
  /** What the card calls the tool. Default: its own name. */
  name?: string
}

/** As they are looked at inside, whatever the tool and the backends are. */
export type AnyToolOptions = ToolOptions<any, any>
export type Claims = NonNullable<AnyToolOptions['claims']>
