/** What the command line and its worker processes say to each other: plain JSON. */

import type { HandsAnswer, HandsRequest } from '../explore/serve.js'
import type { FileTrouble } from './load-scenarios.js'

/** What a worker is told before anything else. */
export interface LoadOrder {
  readonly kind: 'load'
  readonly folder: string
  readonly files: readonly string[]
  /** How long a check of a user may take, real milliseconds; absent: as long as it likes. */
  readonly checkLimitMs?: number
}

export type ToWorker =
  | LoadOrder
  | { readonly kind: 'request'; readonly request: HandsRequest }
  | { readonly kind: 'ping' }

/** A scenario as the campaign must know it. */
export interface ScenarioCard {
  readonly name: string
  /** Relative to the folder of the configuration. */
  readonly file: string
  readonly breaks: readonly string[]
  /** What the scenario itself declares. */
  readonly preset: string | undefined
}

export interface Loaded {
  readonly kind: 'loaded'
  readonly scenarios: readonly ScenarioCard[]
  readonly troubles: readonly FileTrouble[]
}

/** `up`: our own modules stand, and what is loaded from now on is the user's. `pong` shows that the worker's event loop turns. */
export type FromWorker =
  | Loaded
  | { readonly kind: 'answer'; readonly answer: HandsAnswer }
  | { readonly kind: 'up' | 'pong' }
