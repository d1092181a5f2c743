/** Fault by scenario: in how many of the storms that it struck a promise broke; worst first. */

import type { FaultTally, ScenarioRecord } from '../src/report/record.js'

export interface FaultRow {
  readonly kind: string
  readonly tallies: readonly (FaultTally | undefined)[]
  readonly storms: number
  readonly broken: number
}

export function matrixOf(scenarios: readonly ScenarioRecord[]): readonly FaultRow[] {
  const kinds = [...new Set(scenarios.flatMap(({ faults }) => Object.keys(faults)))].sort()
  const rows = kinds.map((kind) => {
    const tallies = scenarios.map(({ faults }) => faults[kind])
    const sum = (key: 'storms' | 'broken'): number => tallies.reduce((all, tally) => all + (tally?.[key] ?? 0), 0)
    return { kind, tallies, storms: sum('storms'), broken: sum('broken') }
  })
  // Rows that broke something first, the likeliest on top; then those that were tried least.
  const rank = ({ storms, broken }: FaultRow): number => (broken > 0 ? 2 + broken / storms : 1 / (1 + storms))
  return rows.sort((one, other) => rank(other) - rank(one) || (one.kind < other.kind ? -1 : 1))
}
