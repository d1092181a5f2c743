/** Findings with their histories, for the reporters that draw traces. */

import type { AnyEvent } from '../src/core/event.js'
import type { CampaignRecord, FindingRecord } from '../src/report/record.js'

/** The events of a finding; none where its history was not kept. */
export type Histories = (finding: FindingRecord) => readonly AnyEvent[]

/** One trial to draw. */
export interface Traced {
  readonly name: string
  readonly scenario: string
  /** What replays it. */
  readonly token: string
  readonly events: readonly AnyEvent[]
  /** Promises that broke in it. */
  readonly broken: readonly { readonly invariant: string; readonly because: string; readonly vt: number }[]
}

/** Those that have a history. */
export const tracedOf = ({ scenarios }: CampaignRecord, histories: Histories): readonly Traced[] =>
  scenarios
    .flatMap(({ findings }) => findings)
    .map((finding) => tracedFinding(finding, histories(finding)))
    .filter(({ events }) => events.length > 0)

export const tracedFinding = (finding: FindingRecord, events: readonly AnyEvent[]): Traced => {
  const { id, scenario, token, violation } = finding
  const vt = events.find(({ seq }) => seq === violation.seq)?.vt ?? events.at(-1)?.vt ?? 0
  return {
    name: id,
    ...{ scenario, token, events },
    broken: [{ invariant: violation.invariant, because: violation.because, vt }],
  }
}
