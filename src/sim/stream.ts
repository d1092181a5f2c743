/** How an answer that streams arrives: in chunks, one after the other, with at most one thing going wrong on the way. */

import type { World } from '../kernel/world.js'

/** What goes wrong on the way of a streamed answer. */
export type Flaw =
  /** It ends after so many chunks, or in the middle of the arguments of a call. */
  | { readonly kind: 'cut'; readonly after: number | 'arguments'; readonly mode: CutMode }
  /** One frame comes again, at once. */
  | { readonly kind: 'duplicate'; readonly frame: DuplicateFrame; readonly times: number }
  /** The first two calls come under one index; interleaved: piece by piece in turn. */
  | { readonly kind: 'collide'; readonly interleaved: boolean }

/** `eof`: it ends as if it were complete. `stall`: it never ends. */
export type CutMode = 'eof' | 'reset' | 'error-frame' | 'stall'
export type DuplicateFrame = 'first' | 'content' | 'last'

/** Where chunks begin and end: with frames, a few or one each; within frames and characters; or all in one. */
export type Layout = (typeof layouts)[number]

const layouts = ['few', 'frames', 'torn', 'one'] as const

/** How one answer arrives. `landed` is to be called when its receiver has got what differs. */
export interface Stream {
  readonly layout: Layout
  readonly gapMs: number
  readonly flaw: Flaw | undefined
  readonly landed: () => void
}

/** Between two chunks when nothing is wrong. */
export const nominalGapMs = 50

export const layoutAt = (world: World, site: string): Layout =>
  layouts[world.tape.pick(`${site}@layout`, 'data', layouts)] as Layout
