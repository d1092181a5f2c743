/** An answer in the pieces in which it streams, the same for every wire format. */

import type { ProposedCall } from '../core/message.js'
import type { ModelAnswer } from '../core/model.js'

/** A part of a text, or of the arguments of a call; `first` and `last` of its own. */
export type Piece = {
  readonly text: string
  readonly first: boolean
  readonly last: boolean
} & (
  | { readonly of: 'text' }
  /** `slot`: the index under which the call goes over the wire, from 0. */
  | { readonly of: 'call'; readonly call: ProposedCall; readonly index: number; readonly slot: number }
)

/** `shared`: the first two calls have one slot. `interleaved`: they take turns, piece by piece. */
export interface Collision {
  readonly interleaved: boolean
}

export function piecesOf(answer: ModelAnswer, collision?: Collision): readonly Piece[] {
  const pieces: Piece[] =
    answer.text === '' ? [] : split(answer.text).map((part, at, all) => ({ of: 'text', ...placed(part, at, all) }))
  const calls = answer.calls.map((call, index) => {
    const slot = collision && index > 0 ? index - 1 : index
    return split(call.arguments).map(
      (part, at, all): Piece => ({ of: 'call', call, index, slot, ...placed(part, at, all) }),
    )
  })
  if (!collision?.interleaved) return pieces.concat(...calls)
  const [one = [], other = [], ...rest] = calls
  return pieces.concat(taken(one, other), ...rest)
}

const placed = (text: string, at: number, all: readonly string[]) => ({
  text,
  first: at === 0,
  last: at === all.length - 1,
})

/** At most this many pieces of a text: enough to cut it in the middle. */
const most = 3

function split(text: string): readonly string[] {
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

function taken(one: readonly Piece[], other: readonly Piece[]): readonly Piece[] {
  const turns: Piece[] = []
  for (let at = 0; at < Math.max(one.length, other.length); at++)
    for (const piece of [one[at], other[at]]) if (piece) turns.push(piece)
  return turns
}
