/** Whether some order explains what was answered: each operation in one instant of the time it took (Wing and Gong 1993, with Lowe's memory). */

/** One operation on one resource. `from` and `to` are places in the history: when it was asked for and answered; never answered: infinity. */
export interface Timed<O> {
  readonly operation: O
  readonly from: number
  readonly to: number
}

/** The state after an operation, and whether its answer fits. */
export type Step<S, O> = (state: S, operation: O) => { readonly state: S; readonly fits: boolean }

const mostSteps = 20_000

/** Undefined: there are too many orders to try. `text`: equal states have equal texts. */
export function hasOrder<S, O>(
  all: readonly Timed<O>[],
  initial: S,
  step: Step<S, O>,
  text: (state: S) => string,
): boolean | undefined {
  const tried = new Set<string>()
  let steps = 0
  const goOn = (done: bigint, state: S): boolean | undefined => {
    const open = all.flatMap((one, place) => ((done >> BigInt(place)) & 1n ? [] : [{ one, place }]))
    if (open.length === 0) return true
    const known = `${done}/${text(state)}`
    if (tried.has(known)) return false
    tried.add(known)
    // Whoever asked after another was answered comes after it.
    const firstAnswer = Math.min(...open.map(({ one }) => one.to))
    for (const { one, place } of open) {
      if (one.from > firstAnswer) continue
      if (++steps > mostSteps) return undefined
      const next = step(state, one.operation)
      const found = next.fits && goOn(done | (1n << BigInt(place)), next.state)
      if (found !== false) return found
    }
    return false
  }
  return goOn(0n, initial)
}
