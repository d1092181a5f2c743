/** The ports of time and chance. Monotonic time measures; wall time is for people and never for logic. */

export interface Timer {
  cancel(): void
}

export interface Clock {
  /** Monotonic milliseconds, from an arbitrary origin. */
  now(): number
  /** Milliseconds since 1970, which may jump. */
  wall(): number
  /** Runs `then` once, `delayMs` from now. */
  after(delayMs: number, then: () => void): Timer
}

/** Chance by label: the same label in the same run gives the same number, whatever else was drawn. */
export interface Random {
  /** A whole number in `[0, bound)`. */
  below(label: string, bound: number): number
}

/** The longest wait that every platform can set, in milliseconds. */
export const longestMs = 2 ** 31 - 1
