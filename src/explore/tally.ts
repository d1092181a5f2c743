/** Running sums over the trials of one scenario. */

import type { FaultCount, FaultTally, InvariantRecord, ScenarioProblem, TrialRecord } from '../report/record.js'
import type { SurfaceCell } from '../report/surface.js'
import type { Strain } from '../report/survival.js'
import { standingFaults } from '../scenario/fault-names.js'
import { pointOf } from './grid.js'
import type { InvariantInfo, TrialReport } from './hands.js'

/** A tally as plain JSON. What has an order (of names first met, of problems) is a list. */
export interface TallySums {
  readonly storms: number
  readonly survived: number
  readonly goals: number
  readonly unknown: number
  readonly singles: number
  readonly pairs: number
  readonly kept: number
  readonly virtualMs: number
  readonly faults: Readonly<Record<string, FaultTally>>
  readonly strains: readonly Strain[]
  readonly recovery: RecoverySums
  readonly surface: readonly SurfaceCell[]
  readonly arose: readonly (readonly [name: string, times: number])[]
  readonly concerned: readonly string[]
  readonly broken: readonly (readonly [name: string, trials: number])[]
  /** Kinds that the pass over single faults placed. */
  readonly placed: readonly string[]
  readonly problems: readonly ScenarioProblem[]
}

/** Over fresh storms with a fault in them that say whether they reached the goal. */
export interface RecoverySums {
  /** Faults that landed. */
  readonly landed: number
  /** Of those, the ones in storms that reached it and broke nothing; how many such storms, and requests to services in them. */
  readonly recovered: number
  readonly storms: number
  readonly calls: number
}

type Counting = { -readonly [K in keyof FaultTally]: FaultTally[K] }

/** An answer held back while none was there to pass it has changed nothing, and is none the worse for it: where calls follow each other, none can pass. */
const order = 'tool/permute'

/** Only fresh storms count in rates; faults, invariants and virtual time count over all trials. */
export class Tally {
  storms = 0
  survived = 0
  goals = 0
  unknown = 0
  singles = 0
  pairs = 0
  kept = 0
  virtualMs = 0
  readonly #faults = new Map<string, Counting>()
  /** By how many faults landed. */
  readonly #strains = new Map<number, { landed: number; trials: number; broken: number }>()
  readonly #recovery = { landed: 0, recovered: 0, storms: 0, calls: 0 }
  /** By the point of R(k, ε, λ). */
  readonly #surface = new Map<string, { epsilon: number; lambda: number; trials: number; goals: number }>()
  readonly #arose = new Map<string, number>()
  readonly #concerned = new Set<string>()
  readonly #broken = new Map<string, number>()
  readonly #placed = new Set<string>()
  readonly #problems = new Map<string, ScenarioProblem>()

  add({ record, problems, unknown, concerned }: TrialReport): void {
    if (record.origin === 'grid') {
      if (record.goal !== undefined) this.#addCell({ ...pointOf(record), trials: 1, goals: record.goal ? 1 : 0 })
      return
    }
    this.virtualMs += record.virtualMs
    this.#count(record, unknown || problems.length > 0)
    for (const name of concerned) this.#concerned.add(name)
    this.#addFaults(record)
    if (record.origin === 'single') for (const name in record.faults) if (name !== order) this.#placed.add(name)
    for (const name in record.arose)
      this.#arose.set(name, (this.#arose.get(name) ?? 0) + (record.arose[name] as number))
    for (const name of new Set(record.violations.map(({ invariant }) => invariant)))
      this.#broken.set(name, (this.#broken.get(name) ?? 0) + 1)
    for (const problem of problems) this.addProblem(problem)
  }

  get sums(): TallySums {
    const { storms, survived, goals, unknown, singles, pairs, kept, virtualMs, faults, strains, problems } = this
    return {
      ...{ storms, survived, goals, unknown, singles, pairs, kept, virtualMs, faults, strains, problems },
      recovery: this.recovery,
      surface: this.surface,
      arose: [...this.#arose],
      concerned: [...this.#concerned],
      broken: [...this.#broken],
      placed: [...this.#placed],
    }
  }

  /** What another tally of the same scenario counted. */
  addSums(sums: TallySums): void {
    this.storms += sums.storms
    this.survived += sums.survived
    this.goals += sums.goals
    this.unknown += sums.unknown
    this.singles += sums.singles
    this.pairs += sums.pairs
    this.kept += sums.kept
    this.virtualMs += sums.virtualMs
    for (const [name, { planned, injected, landed, storms, broken }] of Object.entries(sums.faults)) {
      const sum = this.#faultOf(name)
      sum.planned += planned
      sum.injected += injected
      sum.landed += landed
      sum.storms += storms
      sum.broken += broken
    }
    for (const { landed, trials, broken } of sums.strains) {
      const strain = this.#strainOf(landed)
      strain.trials += trials
      strain.broken += broken
    }
    for (const cell of sums.surface) this.#addCell(cell)
    for (const key of ['landed', 'recovered', 'storms', 'calls'] as const) this.#recovery[key] += sums.recovery[key]
    for (const [name, times] of sums.arose) this.#arose.set(name, (this.#arose.get(name) ?? 0) + times)
    for (const [name, trials] of sums.broken) this.#broken.set(name, (this.#broken.get(name) ?? 0) + trials)
    for (const name of sums.concerned) this.#concerned.add(name)
    for (const name of sums.placed) this.#placed.add(name)
    for (const problem of sums.problems) this.addProblem(problem)
  }

  /** The same problem in many trials is one. */
  addProblem(problem: ScenarioProblem): void {
    const key = `${problem.kind}\n${problem.what}\n${problem.where}`
    if (!this.#problems.has(key)) this.#problems.set(key, problem)
  }

  get problems(): readonly ScenarioProblem[] {
    return [...this.#problems.values()]
  }

  get faults(): Readonly<Record<string, FaultTally>> {
    return Object.fromEntries([...this.#faults].sort(([one], [other]) => (one < other ? -1 : 1)))
  }

  get strains(): readonly Strain[] {
    return [...this.#strains.values()].sort((one, other) => one.landed - other.landed)
  }

  get recovery(): RecoverySums {
    return { ...this.#recovery }
  }

  get surface(): readonly SurfaceCell[] {
    return [...this.#surface.values()]
  }

  /** The kinds that were asked for, by name or one by one, and made no difference anywhere. */
  neverLanded(named: readonly string[]): readonly string[] {
    const asked = new Set([...named, ...this.#placed])
    // What holds in every weather nobody asked for.
    return [...asked]
      .filter((name) => !standingFaults.includes(name) && (this.#faults.get(name)?.landed ?? 0) === 0)
      .sort()
  }

  hasBroken(invariant: string): boolean {
    return this.#broken.has(invariant)
  }

  /**
   * In the order of `known`; what only trials named (a scenario's own promises) comes after.
   * Relations are judged by the trials that were run twice: `pairs` of them, of which `apart` differed.
   */
  invariants(known: readonly InvariantInfo[], pairs: number, apart: number): readonly InvariantRecord[] {
    const names = new Set([...known.map(({ name }) => name), ...this.#arose.keys(), ...this.#broken.keys()])
    const infos = new Map(known.map((info) => [info.name, info]))
    return [...names].map((name) => {
      const info = infos.get(name)
      const arose = info?.relation ? pairs : (this.#arose.get(name) ?? 0)
      const broken = info?.relation ? apart : (this.#broken.get(name) ?? 0)
      const concerned = this.#concerned.has(name) || info?.relation
      const group = arose > 0 || broken > 0 ? 'tested' : concerned ? 'never-arose' : 'not-concerned'
      const situation = info?.situation && { situation: info.situation }
      return { name, says: info?.says ?? name, ...situation, group, arose, broken }
    })
  }

  #count(record: TrialRecord, unsure: boolean): void {
    if (record.origin === 'single') this.singles++
    if (record.origin === 'pair') this.pairs++
    if (record.origin === 'kept') this.kept++
    if (record.origin !== 'fresh') return
    this.storms++
    if (record.goal === true) this.goals++
    const broken = record.violations.length > 0
    this.#addRecovery(record)
    // Stopped by a budget, or by a fault of the scenario: nothing was broken so far, and nobody knows what would have been.
    if (!broken && (unsure || record.ending === 'steps' || record.ending === 'time')) {
      this.unknown++
      return
    }
    if (!broken) this.survived++
    this.#addStrain(record, broken)
  }

  #addCell({ epsilon, lambda, trials, goals }: SurfaceCell): void {
    const key = `${epsilon}/${lambda}`
    const cell = this.#surface.get(key) ?? { epsilon, lambda, trials: 0, goals: 0 }
    this.#surface.set(key, cell)
    cell.trials += trials
    cell.goals += goals
  }

  #addRecovery({ faults, goal, violations, calls }: TrialRecord): void {
    const landed = landedIn(faults)
    if (goal === undefined || landed === 0) return
    const sums = this.#recovery
    sums.landed += landed
    if (!goal || violations.length > 0) return
    sums.recovered += landed
    sums.storms++
    sums.calls += calls
  }

  #addStrain({ faults }: TrialRecord, broken: boolean): void {
    const strain = this.#strainOf(landedIn(faults))
    strain.trials++
    if (broken) strain.broken++
  }

  #strainOf(landed: number) {
    const strain = this.#strains.get(landed) ?? { landed, trials: 0, broken: 0 }
    this.#strains.set(landed, strain)
    return strain
  }

  #faultOf(name: string): Counting {
    const sum = this.#faults.get(name) ?? { planned: 0, injected: 0, landed: 0, storms: 0, broken: 0 }
    this.#faults.set(name, sum)
    return sum
  }

  #addFaults({ faults, origin, violations }: TrialRecord): void {
    for (const name in faults) {
      const { planned, injected, landed } = faults[name] as FaultCount
      const sum = this.#faultOf(name)
      sum.planned += planned
      sum.injected += injected
      sum.landed += landed
      if (origin !== 'fresh' || landed === 0) continue
      sum.storms++
      if (violations.length > 0) sum.broken++
    }
  }
}

function landedIn(faults: TrialRecord['faults']): number {
  let landed = 0
  for (const name in faults) landed += (faults[name] as FaultCount).landed
  return landed
}
