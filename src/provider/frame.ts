/** The frames of a stream of server-sent events: which of them come, and how they lie in chunks of bytes. */

import type { Flaw, Layout } from '../sim/stream.js'

/** `opening` and `closing` frame the content; `terminal` says that the answer is complete. */
export interface Frame {
  readonly part: 'opening' | 'text' | 'arguments' | 'closing' | 'terminal'
  readonly text: string
}

/** A frame without a name of its own (OpenAI Chat). */
export const dataFrame = (part: Frame['part'], data: object): Frame => ({
  part,
  text: `data: ${JSON.stringify(data)}\n\n`,
})

/** A frame named like the `type` of its data. */
export const eventFrame = (part: Frame['part'], data: { readonly type: string }): Frame => ({
  part,
  text: `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`,
})

/** The frames that are sent, once the flaw has done its work. `failure` is the provider's own last word in a stream. */
export function flawed(
  frames: readonly Frame[],
  flaw: Flaw | undefined,
  failure: (at: number) => Frame,
): readonly Frame[] {
  if (flaw?.kind === 'cut') {
    const kept = frames.slice(0, cutAt(frames, flaw.after))
    if (flaw.mode === 'error-frame') return [...kept, failure(kept.length)]
    return flaw.mode === 'pings' ? [...kept, signOfLife] : kept
  }
  if (flaw?.kind !== 'duplicate') return frames
  const at = duplicateAt(frames, flaw.frame)
  const again = Array.from({ length: flaw.times }, () => frames[at] as Frame)
  return [...frames.slice(0, at), ...again, ...frames.slice(at)]
}

/**
 * A comment, as gateways send some each minute to keep a connection open. Readers of events see none of them: one stands for
 * all, or a trial would not end.
 */
const signOfLife: Frame = { part: 'closing', text: ': ping\n\n' }

function duplicateAt(frames: readonly Frame[], which: 'first' | 'content' | 'last'): number {
  if (which === 'first') return 0
  const content = which === 'content' ? frames.findIndex(isContent) : -1
  return content < 0 ? frames.length - 1 : content
}

function cutAt(frames: readonly Frame[], after: number | 'arguments'): number {
  if (after === 'arguments') return frames.findIndex(({ part }) => part === 'arguments') + 1
  return after === 0 ? 0 : (few(frames)[after - 1] ?? frames.length)
}

const isContent = ({ part }: Frame): boolean => part === 'text' || part === 'arguments'

/** Ends of three chunks: the beginning with the first of the content, the rest of it, and what says that it is complete. */
function few(frames: readonly Frame[]): readonly number[] {
  const first = frames.findIndex(isContent) + 1
  const terminal = frames.findIndex(({ part }) => part === 'terminal')
  const content = terminal < 0 ? frames.length : terminal
  return [...new Set([first || 1, content, frames.length])].filter((end) => end > 0 && end <= frames.length)
}

/** Bytes a chunk reaches into the frame after it where chunks are torn. */
const tear = 9

const encoder = new TextEncoder()

export function chunksOf(frames: readonly Frame[], layout: Layout): readonly Uint8Array[] {
  const ends = layout === 'one' ? [frames.length] : layout === 'frames' ? frames.map((_, at) => at + 1) : few(frames)
  const texts = ends.map((end, at) => textOf(frames.slice(ends[at - 1] ?? 0, end)))
  const chunks = texts.filter((text) => text !== '').map((text) => encoder.encode(text))
  return layout === 'torn' ? torn(chunks) : chunks
}

const textOf = (frames: readonly Frame[]): string => frames.map(({ text }) => text).join('')

function torn(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const whole = Buffer.concat(chunks)
  let end = 0
  let from = 0
  return chunks.map((chunk) => {
    end += chunk.length
    const to = Math.min(whole.length, end + tear)
    const part = whole.subarray(from, to)
    from = to
    return part
  })
}
