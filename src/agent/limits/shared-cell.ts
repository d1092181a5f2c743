/** Changes to a cell that several sessions share: compare-and-set until it holds. */

import type { Json } from '../../core/json.js'
import { insist, patience } from '../insist.js'
import type { Ports } from '../run.js'

/**
 * `change` gives the next value, undefined to write nothing, and an answer. Whether a write whose acknowledgement was lost
 * went through is not asked: `change` sees the cell again, and must take a change it finds there for its own.
 */
export async function updateCell<A>(
  { clock, store }: Pick<Ports, 'clock' | 'store'>,
  name: string,
  change: (value: Json | undefined, at: number) => readonly [next: object | undefined, answer: A],
): Promise<A> {
  const cell = store.cell(name)
  for (let attempt = 1; ; ) {
    const { version, value, at } = await insist(clock, () => cell.read())
    const [next, answer] = change(value, at)
    if (next === undefined) return answer
    try {
      if ((await cell.write(version, next as Json)).kind === 'ok') return answer
    } catch (problem) {
      await patience(clock, attempt++, problem)
    }
  }
}
