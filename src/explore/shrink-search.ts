/** One search for a smaller repro: what was tried, the best so far, and how many re-runs are left. */

import type { Violation } from '../core/verdict.js'
import type { Decision, VisitedSite } from '../kernel/tape.js'
import type { Pair, Target } from './hands.js'

/** What one replay left. `decisions` are those it met. */
export interface Rerun {
  readonly violations: readonly Violation[]
  readonly decisions: readonly Decision[]
  readonly visited: readonly VisitedSite[] | undefined
  readonly events: number
}

export type RunAgain = (decisions: readonly Pair[], keepSites: boolean) => Promise<Rerun>

/** A replay that broke the target. */
export interface Hit {
  readonly decisions: readonly Decision[]
  readonly violation: Violation
  readonly events: number
}

export const pairOf = ({ label, alternative }: Decision): Pair => [label, alternative]

/** The decisions of the best replay so far. */
export const pairsOf = (search: ShrinkSearch): readonly Pair[] => search.best.decisions.map(pairOf)

export class ShrinkSearch {
  #runs = 0
  #best: Hit
  readonly #bound: number
  readonly #again: RunAgain
  readonly #target: Target
  readonly #tried = new Map<string, Hit | undefined>()
  readonly #visited = new Map<string, readonly VisitedSite[]>()

  private constructor(again: RunAgain, target: Target, bound: number, first: Hit, runs: number) {
    this.#again = again
    this.#target = target
    this.#bound = bound
    this.#best = first
    this.#runs = runs
  }

  /** Materialises: the decisions over base zero. Undefined when they do not break the target. */
  static async begin(decisions: readonly Pair[], target: Target, again: RunAgain, bound: number) {
    const hit = hitOf(await again(decisions, false), target)
    return hit && new ShrinkSearch(again, target, bound, hit, 1)
  }

  get best(): Hit {
    return this.#best
  }

  get runs(): number {
    return this.#runs
  }

  get spent(): boolean {
    return this.#runs >= this.#bound
  }

  /** Runs the decisions; when they break the target they are the best from now on. The same set is never run twice. */
  async accepts(decisions: readonly Pair[]): Promise<Hit | undefined> {
    const key = keyOf(decisions)
    if (this.#tried.has(key)) {
      const known = this.#tried.get(key)
      if (known) this.#best = known
      return known
    }
    if (this.spent) return undefined
    return this.#run(decisions, key, false)
  }

  /** All sites that the decisions lead to; undefined when the bound is reached. */
  async sites(decisions: readonly Pair[]): Promise<readonly VisitedSite[] | undefined> {
    const key = keyOf(decisions)
    if (!this.#visited.has(key) && !this.spent) await this.#run(decisions, key, true)
    return this.#visited.get(key)
  }

  async #run(decisions: readonly Pair[], key: string, keepSites: boolean): Promise<Hit | undefined> {
    this.#runs++
    const rerun = await this.#again(decisions, keepSites)
    const hit = hitOf(rerun, this.#target)
    this.#tried.set(key, hit)
    if (rerun.visited) this.#visited.set(key, rerun.visited)
    if (hit) this.#best = hit
    return hit
  }
}

function hitOf(rerun: Rerun, target: Target): Hit | undefined {
  const violation = rerun.violations.find(
    ({ invariant, clause }) => invariant === target.invariant && clause === target.clause,
  )
  return violation && { decisions: rerun.decisions, violation, events: rerun.events }
}

const keyOf = (decisions: readonly Pair[]): string =>
  decisions
    .map(([label, alternative]) => `${label}=${alternative}`)
    .sort()
    .join('\n')
