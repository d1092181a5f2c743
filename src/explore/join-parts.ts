/** The parts of a scenario's campaign to its record. Pure: the same parts give the same bytes, wherever they ran. */

import type { FindingRecord, ScenarioRecord } from '../report/record.js'
import type { Recovery } from '../report/recovery.js'
import { mostFindings } from './finding-book.js'
import type { PartRecord } from './part.js'
import { endless, missingBreak, neverLanded, scenarioResult } from './scenario-result.js'
import { type RecoverySums, Tally } from './tally.js'

/** `asked`: storms of the scenario. Where not all parts are there (`isWhole` is false), what only all can show is not judged. */
export function joinParts(all: readonly PartRecord[], asked: number, isWhole = true): ScenarioRecord {
  const last = all.findIndex(({ ended }) => ended)
  const parts = last < 0 ? all : all.slice(0, last + 1)
  const { scenario, calm } = parts[0] as PartRecord
  const tally = new Tally()
  for (const { sums } of parts) tally.addSums(sums)
  const nondeterminism = parts.find((part) => part.nondeterminism)?.nondeterminism
  const interrupted = parts.some((part) => part.interrupted)
  const ranAsPlanned = isWhole && !interrupted && !nondeterminism && total(parts, 'hangs') === 0
  if (ranAsPlanned && !parts.at(-1)?.ended) addMissing(tally, parts[0] as PartRecord, asked)
  if (total(parts, 'stopped') > 0)
    tally.addProblem(endless(total(parts, 'stopped'), total(parts, 'trials'), scenario.file))
  const doubleRuns = total(parts, 'doubleRuns')
  const { storms, survived, goals, unknown, singles, pairs, kept, faults, strains, problems, virtualMs } = tally
  const shown = {
    ...{ problems, storms, survived, goals, unknown },
    findings: joinFindings(parts),
    invariants: tally.invariants(calm.invariants, doubleRuns, nondeterminism ? 1 : 0),
    nondeterminism,
  }
  const judged = isWhole ? shown : { ...shown, invariants: [] }
  return {
    name: scenario.name,
    file: scenario.file,
    result: scenarioResult(judged, { interrupted, asked: isWhole ? asked : 0 }),
    calmGoal: calm.goal,
    ...{ singles, pairs, kept, doubleRuns, faults, strains, virtualMs },
    recovery: recoveryOf(tally.recovery, calm.calls),
    surface: tally.surface.length === 0 ? undefined : tally.surface,
    ...shown,
  }
}

/** What a process did of a scenario. */
export interface Played {
  readonly name: string
  readonly parts: readonly PartRecord[]
  /** Why there is no more of it: it was not run at all, or the campaign was interrupted before. */
  readonly instead?: ScenarioRecord | undefined
}

export function scenarioOfPlayed({ parts, instead }: Played, asked: number, isWhole = true): ScenarioRecord {
  if (instead && (parts.length === 0 || instead.result !== 'interrupted')) return instead
  const joined = joinParts(parts, asked, isWhole)
  return instead ? { ...joined, result: 'interrupted' } : joined
}

/** What was declared or asked for, and did not show in any part. */
function addMissing(tally: Tally, { scenario, calm, isFaulted }: PartRecord, asked: number): void {
  for (const invariant of scenario.breaks)
    if (!tally.hasBroken(invariant)) tally.addProblem(missingBreak(invariant, scenario.file))
  if (asked === 0) return
  const { added, prescribed } = calm.faultsAsked
  for (const fault of tally.neverLanded(isFaulted ? [...added, ...prescribed] : prescribed))
    tally.addProblem(neverLanded(fault, scenario.file))
}

/** One of each signature, as the first part that met it tells it; of more than anybody reads, the first. */
function joinFindings(parts: readonly PartRecord[]): readonly FindingRecord[] {
  const joined = new Map<string, FindingRecord>()
  for (const finding of parts.flatMap(({ findings }) => findings)) {
    const before = joined.get(finding.signature)
    if (before) joined.set(finding.signature, { ...before, seen: before.seen + finding.seen })
    else if (hasRoom([...joined.values()], finding)) joined.set(finding.signature, finding)
  }
  return [...joined.values()].map((finding, index) => ({ ...finding, id: `F${index + 1}` }))
}

/** Known breaks have room of their own, and a declared break that was not found yet always has some. */
function hasRoom(findings: readonly FindingRecord[], { known, violation }: FindingRecord): boolean {
  if (findings.filter((finding) => finding.known === known).length < mostFindings) return true
  return known && !findings.some((finding) => finding.violation.invariant === violation.invariant)
}

/** What the storms that recovered asked for, beyond as many calm days. */
function recoveryOf({ landed, recovered, storms, calls }: RecoverySums, calmCalls: number): Recovery | undefined {
  return landed === 0 ? undefined : { landed, recovered, extraCalls: calls - storms * calmCalls }
}

const total = (parts: readonly PartRecord[], of: 'hangs' | 'stopped' | 'trials' | 'doubleRuns'): number =>
  parts.reduce((sum, part) => sum + part[of], 0)
