/** An answer in the pieces in which it streams, the same for every wire format. */

import type { ProposedCall } from '../core/message.js'
import type { ModelAnswer } from '../core/model.js'
import { partsOf } from '../sim/stream.js'

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
    answer.text === '' ? [] : partsOf(answer.text).map((part, at, all) => ({ of: 'text', ...placed(part, at, all) }))
  const calls = answer.calls.map((call, index) => {
    const slot = collision && index > 0 ? index - 1 : index
    return partsOf(call.arguments).map(
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

function taken(one: readonly Piece[], other: readonly Piece[]): readonly Piece[] {
  const turns: Piece[] = []
  for (let at = 0; at < Math.max(one.length, other.length); at++)
    for (const piece of [one[at], other[at]]) if (piece) turns.push(piece)
  return turns
}
