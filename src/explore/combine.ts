/** From the records of scenarios to the record of a campaign: its gates, its result, its exit code. */

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
}

/** Findings are numbered `F1`, `F2`, … over all scenarios. */
export function combine(records: readonly ScenarioRecord[], options: CombineOptions): CampaignRecord {
  const { campaign, seed, preset, trials, environment } = options
  const scenarios = numbered(records)
  const gates = [...evaluateGates(scenarios, options.gates), ...(options.alsoGates ?? [])]
  return { schemaVersion, campaign, seed, preset, trials, ...ending(scenarios, gates), gates, scenarios, environment }
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
