/** What a mutant is: the correct runtime with one decision broken, and the invariants that must notice. */

import type { Agent } from '../agent/agent.js'

/** Chance from outside the run: a whole number in `[0, bound)`, another one every time. */
export type AmbientChance = (bound: number) => number

export interface Mutant {
  /** Kebab-case, as the invariants name it in `mutant`. */
  readonly name: string
  /** What is broken, in one sentence. */
  readonly breaks: string
  /** Names of invariants; it is killed only when each of them reports it. */
  readonly killedBy: readonly string[]
  /** The agent on the broken runtime. `ambient` serves the mutants that take chance from outside; nothing here is ambient itself. */
  change<T>(agent: Agent<T>, ambient: AmbientChance): Agent<T>
}
