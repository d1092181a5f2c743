/** One case: a few calls of a tool in a world of their own, and what goes wrong meanwhile. Plain data, so that it can shrink. */

import type { Stretch } from './stretched.js'
import type { Trouble } from './trouble.js'

export interface PlannedCall {
  readonly input: unknown
  /** Calls of one intent are repetitions of one call: they have one id and one key. Default: an intent of its own. */
  readonly intent?: number
  /** It starts with the call before it, not when that has settled. */
  readonly beside?: boolean
  /** Its signal aborts so many milliseconds after it started; 0: before. */
  readonly abortAtMs?: number
  /** It is not the call of the tool that is made, but that which undoes it. */
  readonly undo?: boolean
}

export interface Case {
  readonly calls: readonly PlannedCall[]
  /** What is peculiar about it, in words. */
  readonly about?: string
  /** Its services have more than anybody can read. */
  readonly stretch?: Stretch
  /** What strikes which request. */
  readonly troubles: readonly Trouble[]
}

/** A single call, in good weather. */
export const calmCall = (input: unknown): Case => ({ calls: [{ input }], troubles: [] })
