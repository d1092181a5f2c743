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

/** `eof`: it ends as if it were complete. `stall`: nothing more comes. `pings`: nothing more but signs of life. */
export type CutMode = 'eof' | 'reset' | 'error-frame' | 'stall' | 'pings'
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

/** At most this many parts of a text: enough to cut it in the middle. */
const most = 3

/** The parts in which a text or the arguments of a call stream; at least one. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  const size = Math.max(1, Math.ceil(text.length / most))
  for (let from = 0; from < text.length; ) {
    let to = from + size
    // A character of two code units is not parted: no provider does.
    if (isLow(text.charCodeAt(to))) to++
    parts.push(text.slice(from, to))
    from = to
  }
  return parts.length === 0 ? [''] : parts
}

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/** What of a text arrives in spite of the flaw. */
export function textSent(text: string, flaw: Flaw | undefined): string {
  if (flaw?.kind !== 'cut' || flaw.after === 'arguments' || flaw.after > 1) return text
  return flaw.after === 0 ? '' : (partsOf(text)[0] as string)
}
