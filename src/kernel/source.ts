/** What chooses at a site. The source owns every probability, cap and subset; the world knows none. */

/**
 * `outcome`: what becomes of an operation. `time`: when its answer comes. `hold`: how many other completions pass it.
 * `parameter`: a detail of a fault. `reaction`: what a scripted model does after a failure. `data`: a value of the world.
 * `storm`: when the storm ends. `relation`: what the trial is compared with.
 */
export type ChoiceKind = 'outcome' | 'time' | 'hold' | 'parameter' | 'reaction' | 'data' | 'storm' | 'relation'

/** A completion that may come next: the site of its hold, and how many have passed it so far. */
export interface Ready {
  readonly label: string
  readonly hash: number
  readonly passed: number
}

export interface Source {
  /** An index into `alternatives`, 0 being the simplest. `hash` is `hash32(label)`. */
  pick(label: string, hash: number, kind: ChoiceKind, alternatives: readonly string[]): number
  /** A whole number in `[0, bound)`, 0 being the simplest. */
  below(label: string, hash: number, bound: number): number
  /**
   * Which completion comes next: an index into `ready`, which is in the order of due times; 0 is the simplest. With it no hold is
   * picked: the tape keeps of each completion how many have passed it, and a replay of these holds comes to the same order.
   */
  next?(ready: readonly Ready[]): number
  /** Told once, before the first choice, how to see how many events have happened. */
  begin?(position: () => number): void
}

/** The calm day: always the simplest. */
export const simplest: Source = { pick: () => 0, below: () => 0 }
