/** Two campaigns of the same scenarios beside each other: what is new, what is gone, and whether a rate moved more than chance would. */

import type { CampaignRecord, FindingRecord, ScenarioRecord } from './record.js'
import { shareDifference } from './statistics.js'
import { trialsForFix } from './survival.js'

/** k of n storms, before and after, and the difference of the shares with its 95 % interval. */
export interface RateChange {
  readonly before: readonly [kept: number, storms: number]
  readonly after: readonly [kept: number, storms: number]
  readonly change: number
  readonly lower: number
  readonly upper: number
}

export interface ScenarioChange {
  readonly name: string
  /** Why nothing can be said; empty where something can. */
  readonly open: string
  readonly survived?: RateChange
}

export interface FindingChange {
  readonly kind: 'new' | 'gone' | 'same'
  readonly scenario: string
  readonly signature: string
  readonly says: string
  readonly token: string
  readonly known: boolean
  /** Fresh storms that showed it, before and after. */
  readonly seen: readonly [before: number, after: number]
  /** Of one that is gone and was seen in storms: how many clean ones make that believable (95 %), and how many there were. */
  readonly fix?: { readonly needs: number; readonly clean: number }
}

export interface Comparison {
  /** Names of the campaigns. */
  readonly before: string
  readonly after: string
  readonly scenarios: readonly ScenarioChange[]
  readonly findings: readonly FindingChange[]
}

/** Undefined where no scenario is in both. */
export function compare(before: CampaignRecord, after: CampaignRecord): Comparison | undefined {
  const pairs = before.scenarios.flatMap((one) => {
    const other = after.scenarios.find(({ name }) => name === one.name)
    return other ? [[one, other] as const] : []
  })
  if (pairs.length === 0) return undefined
  const alone = (some: CampaignRecord, others: CampaignRecord, open: string): readonly ScenarioChange[] =>
    some.scenarios
      .filter(({ name }) => !others.scenarios.some((other) => other.name === name))
      .map(({ name }) => ({ name, open }))
  return {
    before: before.campaign,
    after: after.campaign,
    scenarios: [
      ...pairs.map(([one, other]) => scenarioChange(one, other, before.preset === after.preset)),
      ...alone(after, before, 'it was not there before'),
      ...alone(before, after, 'it is not there any more'),
    ],
    findings: pairs.flatMap(([one, other]) => findingChanges(one, other)),
  }
}

function scenarioChange(before: ScenarioRecord, after: ScenarioRecord, samePreset: boolean): ScenarioChange {
  const { name } = after
  const open = openOf(before, 'before') || openOf(after, 'now')
  if (open !== '') return { name, open }
  if (!samePreset) return { name, open: 'its faults are of another preset: the rates are of different weather' }
  return { name, open, survived: rateChange(rateOf(before), rateOf(after)) }
}

function openOf({ result, storms, unknown }: ScenarioRecord, when: string): string {
  if (result === 'scenario-error') return `the scenario itself was in error ${when}`
  if (result === 'nondeterministic') return `it was not repeatable ${when}`
  if (result === 'interrupted') return `it was interrupted ${when}`
  return storms - unknown > 0 ? '' : `no storm had a verdict ${when}`
}

const rateOf = ({ survived, storms, unknown }: ScenarioRecord): readonly [number, number] => [
  survived,
  storms - unknown,
]

const rateChange = (before: RateChange['before'], after: RateChange['after']): RateChange => ({
  before,
  after,
  ...shareDifference(before, after),
})

/** A finding is the same where its signature is: the token may have moved with the code. */
function findingChanges(before: ScenarioRecord, after: ScenarioRecord): readonly FindingChange[] {
  const was = new Map(before.findings.map((finding) => [finding.signature, finding]))
  const is = new Map(after.findings.map((finding) => [finding.signature, finding]))
  return [
    ...after.findings.map((finding) => {
      const earlier = was.get(finding.signature)
      return changeOf(earlier ? 'same' : 'new', finding, [earlier?.seen ?? 0, finding.seen])
    }),
    // Nothing is gone from where nobody could look.
    ...(openOf(after, 'now') === ''
      ? before.findings
          .filter(({ signature }) => !is.has(signature))
          .map((finding) => ({ ...changeOf('gone', finding, [finding.seen, 0]), ...fixOf(finding, before, after) }))
      : []),
  ]
}

const changeOf = (
  kind: FindingChange['kind'],
  { scenario, signature, says, token, known }: FindingRecord,
  seen: FindingChange['seen'],
): FindingChange => ({ kind, scenario, signature, says, token, known, seen })

/** What single faults and kept repros showed, they would show again, however few storms follow; what only chance showed needs as many as it is rare. */
function fixOf({ origin, seen }: FindingRecord, before: ScenarioRecord, { storms: clean }: ScenarioRecord) {
  if (seen === 0) return {}
  const needs = trialsForFix(seen / before.storms)
  return clean < needs && origin !== 'fresh' ? {} : { fix: { needs, clean } }
}

/** A rate that fell by more than chance explains. */
export const isWorse = ({ survived }: ScenarioChange): boolean => survived !== undefined && survived.upper < 0

/** `fail`: something is new, or a rate fell. `inconclusive`: something that was there cannot be compared. */
export function verdictOf({ scenarios, findings }: Comparison): 'pass' | 'fail' | 'inconclusive' {
  if (findings.some(({ kind, known }) => kind === 'new' && !known) || scenarios.some(isWorse)) return 'fail'
  return scenarios.some(({ open }) => open !== '' && open !== 'it was not there before') ? 'inconclusive' : 'pass'
}
