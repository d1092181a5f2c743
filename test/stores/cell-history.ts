/** Several clients on one cell, what each was told and when, and whether some order of the operations explains it. */

import { hasOrder, type Step, type Timed } from '../../src/check/linearize.js'
import { hash32 } from '../../src/core/digest.js'
import { canonical, type Json } from '../../src/core/json.js'
import type { Cell } from '../../src/core/store.js'

interface State {
  readonly version: number
  readonly value: Json | undefined
}

export type CellOperation =
  | ({ readonly kind: 'read' } & State)
  /** `answer`: undefined where nobody knows. */
  | {
      readonly kind: 'write'
      readonly version: number
      readonly value: Json
      readonly answer: 'ok' | 'conflict' | undefined
    }

/** What one cell does, one operation after another. A write of which nobody knows never is, at the end, or counted. */
const step: Step<State, CellOperation> = (state, operation) => {
  if (operation.kind === 'read') {
    return { state, fits: canonical([operation.version, operation.value]) === canonical([state.version, state.value]) }
  }
  const counts = operation.version === state.version
  const fits = operation.answer === undefined || (operation.answer === 'ok') === counts
  return { state: counts ? { version: state.version + 1, value: operation.value } : state, fits }
}

/** False: no order explains it. Undefined: there are too many to try. */
export const isLinearizable = (history: readonly Timed<CellOperation>[]): boolean | undefined =>
  hasOrder(history, { version: 0, value: undefined }, step, canonical)

/** `now` orders what the clients are told among each other: a counter in one process, the machine's clock between several. */
export async function useCell(
  cell: Cell,
  client: string,
  operations: number,
  now: () => number,
): Promise<readonly Timed<CellOperation>[]> {
  const history: Timed<CellOperation>[] = []
  let known = 0
  for (let n = 0; n < operations; n++) {
    const from = now()
    // One write in four is of an old version, and must not count.
    const chance = hash32(`${client}/${n}`) % 8
    if (chance < 3) {
      const { version, value } = await cell.read()
      known = version
      history.push({ operation: { kind: 'read', version, value }, from, to: now() })
    } else {
      const version = chance === 3 ? Math.max(0, known - 1) : known
      const value = `${client}${n}`
      const told = await cell.write(version, value).catch(() => undefined)
      if (told) known = told.version
      const operation: CellOperation = { kind: 'write', version, value, answer: told?.kind }
      history.push({ operation, from, to: told ? now() : Number.POSITIVE_INFINITY })
    }
  }
  return history
}
