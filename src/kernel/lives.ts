/** The lives of one process: each ends with a crash, or goes on while the next begins. */

import type { ScopePort } from './scope.js'

export class Lives {
  /** Which life this is, from 1. */
  incarnation = 1
  readonly #scopes: ScopePort
  /** Lives that a later one has not ended. */
  readonly #lingering = new Set<number>()

  constructor(scopes: ScopePort) {
    this.#scopes = scopes
  }

  /** Lives end and begin here; everything of the old ones that still waits will wait for ever. */
  nextIncarnation(): number {
    this.#lingering.clear()
    this.incarnation++
    return this.incarnation
  }

  /** A life begins while those before it go on. */
  overlap(): number {
    this.#lingering.add(this.incarnation)
    this.incarnation++
    return this.incarnation
  }

  /** Ends a life that went on after the next had begun. */
  endLife(incarnation: number): void {
    this.#lingering.delete(incarnation)
  }

  isLiving(incarnation: number): boolean {
    return incarnation === this.incarnation || this.#lingering.has(incarnation)
  }

  /** Which one acts now: of several the one whose code it is. */
  get acting(): number {
    return this.#lingering.size === 0 ? this.incarnation : (this.#scopes.current()?.incarnation ?? this.incarnation)
  }
}
