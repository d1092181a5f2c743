/** The record as a stream of JSON, one value a line: `campaign-start`, `trial-end`, `finding`, `gate`, `campaign-end`. */

import {
  type CampaignRecord,
  type FindingRecord,
  type Gate,
  schemaVersion,
  type TrialRecord,
} from '../src/report/record.js'

export interface CampaignStart {
  readonly campaign: string
  readonly seed: string
  readonly preset: string
  readonly trials: number
  readonly scenarios: readonly string[]
}

export const startLine = (start: CampaignStart): string => line('campaign-start', { schemaVersion, ...start })
export const trialLine = (trial: TrialRecord): string => line('trial-end', trial)
export const findingLine = (finding: FindingRecord): string => line('finding', finding)
export const gateLine = (gate: Gate): string => line('gate', gate)

/** Everything but what has lines of its own. */
export function endLine(record: CampaignRecord): string {
  const scenarios = record.scenarios.map((scenario) => ({
    ...scenario,
    findings: scenario.findings.map((finding) => finding.id),
  }))
  return line('campaign-end', { ...record, scenarios, gates: undefined })
}

/** All lines of a campaign that has ended; its trials are in another file and come first-hand or not at all. */
export function ndjsonReport(record: CampaignRecord, trials: readonly TrialRecord[] = []): string {
  return [
    startLine({
      campaign: record.campaign,
      seed: record.seed,
      preset: record.preset,
      trials: record.trials,
      scenarios: record.scenarios.map((scenario) => scenario.name),
    }),
    ...trials.map(trialLine),
    ...record.scenarios.flatMap((scenario) => scenario.findings.map(findingLine)),
    ...record.gates.map(gateLine),
    endLine(record),
  ].join('')
}

/** JSON already escapes C0; C1 and line separators are escaped too, so that a terminal or a line reader meets none of them. */
function line(type: string, value: object): string {
  const text = JSON.stringify({ type, ...value })
  return `${text.replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}
