/** Each system with what shows it, and what is wrong with the whole: systems that nothing shows, citations that mean nothing. */

import type { System } from './checklist.js'
import type { Citation } from './citations.js'

export interface Row {
  readonly system: System
  /** The tests and scenarios that cite it, by path, in order. */
  readonly files: readonly string[]
}

export interface Coverage {
  readonly rows: readonly Row[]
  readonly covered: number
  /** How many are not shown yet and name the issue that brings them. */
  readonly later: number
  /** A sentence for each thing that is wrong; empty when every system is covered or comes later. */
  readonly wrongs: readonly string[]
}

export function coverageOf(systems: readonly System[], citations: readonly Citation[]): Coverage {
  const files = filesByNumber(citations)
  const rows = systems.map((system) => ({ system, files: [...(files.get(system.number) ?? [])].sort() }))
  return {
    rows,
    covered: rows.filter((row) => row.files.length > 0).length,
    later: rows.filter((row) => row.files.length === 0 && row.system.comesWith !== undefined).length,
    wrongs: [...rows.flatMap(wrongIn), ...strangers(systems, citations)],
  }
}

function filesByNumber(citations: readonly Citation[]): ReadonlyMap<number, ReadonlySet<string>> {
  const files = new Map<number, Set<string>>()
  for (const { number, file } of citations) {
    const known = files.get(number) ?? new Set()
    files.set(number, known.add(file))
  }
  return files
}

function wrongIn({ system: { number, name, comesWith }, files }: Row): readonly string[] {
  const isShown = files.length > 0
  if (!isShown && comesWith === undefined) return [`seed-${number} (${name}): no test or scenario cites it`]
  if (isShown && comesWith !== undefined) {
    return [`seed-${number} (${name}): ${files[0]} cites it, yet it is said to come with ${comesWith}`]
  }
  return []
}

function strangers(systems: readonly System[], citations: readonly Citation[]): readonly string[] {
  const known = new Set(systems.map(({ number }) => number))
  return citations
    .filter(({ number }) => !known.has(number))
    .map(({ number, file, line }) => `${file}:${line} cites seed-${number}, which does not exist`)
}
