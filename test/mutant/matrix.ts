/** The matrix mutant × invariant that `npm run mutants` prints: who kills whom, how soon, and how small. */

import { invariants } from '../../src/check/registry.js'
import type { Mutant } from '../../src/mutant/mutant.js'
import { hunt, storms } from './hunt.js'
import { preserves } from './preserves.js'

const seed = 'mutants'
const stormsEach = 50

export interface Kill {
  readonly invariant: string
  /** Undefined: it lived. */
  readonly trials: number | undefined
  /** Decisions that had to go wrong, after shrinking. */
  readonly decisions: number | undefined
  /** Share of storms that break this invariant. */
  readonly rate: number
}

export interface MatrixRow {
  readonly mutant: string
  readonly scenario: string
  readonly kills: readonly Kill[]
  /** Invariants that fell beside those it names. */
  readonly also: readonly string[]
}

/** `broken`: chance from outside the run, for the mutants that take it. */
export async function rowOf(mutant: Mutant, ambient: (bound: number) => number): Promise<MatrixRow> {
  const scenario = preserves[mutant.name]!((agent) => mutant.change(agent, ambient))
  const counts = new Map<string, number>()
  for await (const broken of storms(scenario, seed, stormsEach))
    for (const name of broken) counts.set(name, (counts.get(name) ?? 0) + 1)
  const also = new Set(counts.keys())
  const kills: Kill[] = []
  for (const invariant of mutant.killedBy) {
    const prey = await hunt(scenario, invariant, seed)
    for (const name of prey.also) also.add(name)
    const { trials, finding } = prey
    const fell = finding !== undefined || prey.isRepeatable === false
    kills.push({
      invariant,
      trials: fell ? trials : undefined,
      decisions: finding?.decisions.length,
      rate: (counts.get(invariant) ?? 0) / stormsEach,
    })
  }
  return {
    mutant: mutant.name,
    scenario: scenario.name,
    kills,
    also: [...also].filter((name) => !mutant.killedBy.includes(name)).sort(),
  }
}

/** Those that an invariant they name let live. */
export const survivorsOf = (rows: readonly MatrixRow[]): readonly string[] =>
  rows.flatMap(({ mutant, kills }) => (kills.every(({ trials }) => trials !== undefined) ? [] : [mutant]))

const idle = (rows: readonly MatrixRow[]): readonly string[] => {
  const killers = new Set(rows.flatMap(({ kills }) => kills.map(({ invariant, trials }) => trials && invariant)))
  return invariants.flatMap(({ name }) => (killers.has(name) ? [] : [name]))
}

const titles = ['mutant', 'killed by', 'trial', 'decisions', 'storms', 'also falls'] as const

/** The lines of one mutant: one an invariant that it names. */
export const matrixLines = ({ mutant, kills, also }: MatrixRow): readonly string[] =>
  kills.map(({ invariant, trials, decisions, rate }, index) =>
    cells([
      index === 0 ? mutant : '',
      invariant,
      trials === undefined ? 'SURVIVES' : String(trials),
      decisions === undefined ? '' : String(decisions),
      `${Math.round(100 * rate)} %`,
      index === 0 ? also.join(' ') : '',
    ]),
  )

export const matrixHead = (): string => cells(titles)

const widths = [31, 24, 8, 9, 6] as const

const cells = (texts: readonly string[]): string =>
  texts
    .map((text, column) => text.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd()

/** What the matrix as a whole says. `isWhole`: every mutant was hunted. */
export function matrixSum(rows: readonly MatrixRow[], isWhole: boolean): readonly string[] {
  const kills = rows.flatMap((row) => row.kills)
  const trials = sorted(kills.flatMap((kill) => kill.trials ?? []))
  const sizes = sorted(kills.flatMap(({ decisions }) => decisions ?? []))
  const survivors = survivorsOf(rows)
  const small = sizes.filter((size) => size <= 3).length
  return [
    `${rows.length - survivors.length} of ${rows.length} mutants killed, by every invariant they name; survivors: ${named(survivors)}`,
    `trials to kill: median ${quantile(trials, 0.5)}, 90th percentile ${quantile(trials, 0.9)}`,
    `shrunk to at most three decisions: ${small} of ${sizes.length}, to ${sizes.at(-1) ?? 0} at most`,
    ...(isWhole ? [`invariants that no mutant kills: ${named(idle(rows))}`] : []),
  ]
}

const named = (names: readonly string[]): string => names.join(', ') || 'none'
export const sorted = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b)
export const quantile = (numbers: readonly number[], share: number): number =>
  numbers[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0

/** Whether the matrix has no gap. */
export const isTight = (rows: readonly MatrixRow[], isWhole: boolean): boolean =>
  survivorsOf(rows).length === 0 && (!isWhole || idle(rows).length === 0)
