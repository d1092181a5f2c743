/** The state of a service, and what it was some writes ago: made again from what was written. */

import type { Draw, Implementation } from '../core/backend.js'
import { copy } from '../core/json.js'

type Apply = Implementation['apply']

interface Written {
  readonly apply: Apply
  readonly input: unknown
  readonly drawn: readonly unknown[]
}

/**
 * No choice is made twice: what was drawn once is remembered. A class, because V8 keeps a getter that is an object's own, and the whole
 * trial behind it, until the next major collection.
 */
export class Past {
  /** The state as it is. */
  readonly now: unknown
  readonly #make: (draw: Draw) => unknown
  readonly #written: Written[] = []
  readonly #drawnFirst: unknown[] = []

  constructor(make: (draw: Draw) => unknown, draw: Draw) {
    this.#make = make
    this.now = make(remembering(draw, this.#drawnFirst))
  }

  /** How often the state was written to. */
  get writes(): number {
    return this.#written.length
  }

  /** Changes it. A write that throws was refused, and is no part of the past. */
  write(apply: Apply, input: unknown, draws: Draw): unknown {
    const drawn: unknown[] = []
    const asked = copy(input)
    const answer = apply(this.now, input, remembering(draws, drawn))
    this.#written.push({ apply, input: asked, drawn })
    return answer
  }

  /** The state so many writes ago; at the furthest the first. */
  before(writes: number): unknown {
    const state = this.#make(recalling(this.#drawnFirst))
    for (const { apply, input, drawn } of this.#written.slice(0, Math.max(0, this.#written.length - writes)))
      apply(state, copy(input), recalling(drawn))
    return state
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
