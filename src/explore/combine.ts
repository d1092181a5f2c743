/** From the records of scenarios to the record of a campaign: its gates, its result, its exit code. */

import { StormproofError } from '../core/error.js'
import { compare, verdictOf } from '../report/compare.js'
import { sinceSummary } from '../report/compare-words.js'
import type { CampaignRecord, Environment, Gate, Result, ScenarioRecord } from '../report/record.js'
import { schemaVersion } from '../report/record.js'
import { exitCodes, worstExitCode, worstResult } from './exit-code.js'
import { evaluateGates, type GatesConfig } from './gates.js'

export interface CombineOptions {
  readonly campaign: string
  readonly seed: string
  readonly preset: string
  readonly trials: number
  readonly gates?: GatesConfig
  readonly environment: Environment
  /** Judged elsewhere. */
  readonly alsoGates?: readonly Gate[]
  /** The campaign that this one is compared with. */
  readonly baseline?: CampaignRecord | undefined
}

/** Findings are numbered `F1`, `F2`, … over all scenarios. */
export function combine(records: readonly ScenarioRecord[], options: CombineOptions): CampaignRecord {
  const { campaign, seed, preset, trials, environment } = options
  const scenarios = numbered(records)
  const gates = [...evaluateGates(scenarios, options.gates), ...(options.alsoGates ?? [])]
  const record: CampaignRecord = {
    ...{ schemaVersion, campaign, seed, preset, trials },
    ...ending(scenarios, gates),
    ...{ gates, scenarios, environment },
  }
  return options.baseline ? withBaseline(record, options.baseline) : record
}

/** With one gate more: nothing new, and no rate that fell. */
export function withBaseline(record: CampaignRecord, baseline: CampaignRecord): CampaignRecord {
  const since = compare(baseline, record)
  const gate: Gate = since
    ? { name: 'baseline', result: verdictOf(since), detail: `since ${since.before}: ${sinceSummary(since)}` }
    : { name: 'baseline', result: 'inconclusive', detail: `no scenario of ${baseline.campaign} was run` }
  const gates = [...record.gates.filter(({ name }) => name !== gate.name), gate]
  return { ...record, ...ending(record.scenarios, gates), gates, ...(since && { since }) }
}

interface Named {
  readonly campaign: string
  readonly scenarios: readonly { readonly name: string }[]
}

/** Throws a `usage` error where the two have no scenario in both. */
export function checkComparable(one: Named, other: Named): void {
  const names = ({ scenarios }: Named): readonly string[] => scenarios.map(({ name }) => name)
  if (names(one).some((name) => names(other).includes(name))) return
  const has = (some: Named): string => `${some.campaign || 'this one'} has ${names(some).join(', ') || 'none'}`
  throw new StormproofError('usage', `no scenario is in both campaigns: ${has(one)}; ${has(other)}`, {
    remedy: 'compare campaigns of the same scenarios: a baseline is an earlier run of these',
  })
}

/** Whether findings fail a campaign is for the gates to say; everything else that can end a scenario counts as it is. */
function ending(
  scenarios: readonly ScenarioRecord[],
  gates: readonly Gate[],
): Pick<CampaignRecord, 'result' | 'exitCode'> {
  if (scenarios.length === 0) return { result: 'inconclusive', exitCode: exitCodes.nothing }
  const results: readonly Result[] = [
    ...scenarios.map(({ result }) => (result === 'fail' ? 'pass' : result)),
    ...gates.map(({ result }) => result),
  ]
  return { result: worstResult(results), exitCode: worstExitCode(results.map((result) => exitCodes[result])) }
}

function numbered(records: readonly ScenarioRecord[]): readonly ScenarioRecord[] {
  let last = 0
  return records.map((record) => ({
    ...record,
    findings: record.findings.map((finding) => ({ ...finding, id: `F${++last}` })),
  }))
}
