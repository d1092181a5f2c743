/** The state of a service, and what it was some writes ago: made again from what was written. */

import type { Draw, Implementation } from '../core/backend.js'
import { copy } from '../core/json.js'

type Apply = Implementation['apply']

export interface Past {
  /** The state as it is. */
  readonly now: unknown
  /** How often it was written to. */
  readonly writes: number
  /** Changes it. A write that throws was refused, and is no part of the past. */
  write(apply: Apply, input: unknown, draw: Draw): unknown
  /** The state so many writes ago; at the furthest the first. */
  before(writes: number): unknown
}

interface Written {
  readonly apply: Apply
  readonly input: unknown
  readonly drawn: readonly unknown[]
}

/** No choice is made twice: what was drawn once is remembered. */
export function past(make: (draw: Draw) => unknown, draw: Draw): Past {
  const written: Written[] = []
  const drawnFirst: unknown[] = []
  const now = make(remembering(draw, drawnFirst))
  return {
    now,
    get writes() {
      return written.length
    },
    write: (apply, input, draws) => {
      const drawn: unknown[] = []
      const asked = copy(input)
      const answer = apply(now, input, remembering(draws, drawn))
      written.push({ apply, input: asked, drawn })
      return answer
    },
    before: (writes) => {
      const state = make(recalling(drawnFirst))
      for (const { apply, input, drawn } of written.slice(0, Math.max(0, written.length - writes)))
        apply(state, copy(input), recalling(drawn))
      return state
    },
  }
}

function remembering(draw: Draw, drawn: unknown[]): Draw {
  const kept = <T>(value: T): T => {
    drawn.push(copy(value))
    return value
  }
  return {
    int: (label, min, max) => kept(draw.int(label, min, max)),
    pick: (label, values) => kept(draw.pick(label, values)),
    chance: (label, probability) => kept(draw.chance(label, probability)),
    fake: (label, make) => kept(draw.fake(label, make)),
  }
}

function recalling(drawn: readonly unknown[]): Draw {
  let at = 0
  const next = (): any => copy(drawn[at++])
  return { int: next, pick: next, chance: next, fake: next }
}
