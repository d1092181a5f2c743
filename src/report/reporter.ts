/** What a reporter of one's own is given: a pure function of the record, which decides nothing. */

import type { CampaignRecord, FindingRecord } from './record.js'

/** A finding as a program sees it. */
export interface Finding {
  readonly invariant: string
  readonly says: string
  /** The `v1.…` token that replays it. */
  readonly repro: string
  readonly faults: readonly string[]
}

/** A campaign as a program sees it. */
export interface Campaign {
  readonly result: 'pass' | 'fail' | 'inconclusive'
  readonly findings: readonly Finding[]
  /** Storms run, over all scenarios. */
  readonly trials: number
}

export interface ReporterFiles {
  /** `path` is relative to the folder of the campaign. */
  write(path: string, bytes: Uint8Array): void
}

export interface Reporter {
  onFinding?(finding: Finding): void
  onEnd(campaign: Campaign, io: ReporterFiles): void | Promise<void>
}

export const findingOf = (finding: FindingRecord): Finding => ({
  invariant: finding.violation.invariant,
  says: finding.says,
  repro: finding.token,
  faults: finding.faults,
})

/** Anything that is neither a pass nor inconclusive is a failure to whoever asked. */
export function campaignOf(record: CampaignRecord): Campaign {
  const findings = record.scenarios.flatMap((scenario) => scenario.findings).map(findingOf)
  const trials = record.scenarios.reduce((sum, scenario) => sum + scenario.storms, 0)
  const inconclusive = record.result === 'inconclusive' || record.result === 'interrupted'
  return { result: record.result === 'pass' ? 'pass' : inconclusive ? 'inconclusive' : 'fail', findings, trials }
}
