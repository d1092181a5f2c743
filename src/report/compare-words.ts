/** What changed between two campaigns, in words that every reader of a record gets alike. */

import { counted, grouped } from './brief.js'
import { type Comparison, type FindingChange, isWorse, type RateChange, type ScenarioChange } from './compare.js'

/** `1 new, 2 gone, 1 same; checkout keeps its promises less often`. */
export function sinceSummary({ scenarios, findings }: Comparison): string {
  const count = (kind: FindingChange['kind']): number => findings.filter((one) => one.kind === kind).length
  const open = scenarios.filter((one) => one.open !== '').length
  return [
    `${grouped(count('new'))} new, ${grouped(count('gone'))} gone, ${grouped(count('same'))} the same`,
    ...scenarios.filter(isWorse).map(({ name }) => `${name} keeps its promises less often`),
    ...(open === 0 ? [] : [`${counted(open, 'scenario')} not comparable`]),
  ].join('; ')
}

export interface ChangeLine {
  readonly mark: '+' | '−' | '=' | '↑' | '↓' | '?'
  readonly text: string
  /** To be copied: it stands on a line of its own. */
  readonly replay?: string
}

/** New things first, and of what is the same a line each; rates after them. */
export const changeLines = ({ scenarios, findings }: Comparison): readonly ChangeLine[] => [
  ...findings.filter(({ kind }) => kind === 'new').map(findingLine),
  ...findings.filter(({ kind }) => kind === 'gone').map(findingLine),
  ...findings.filter(({ kind }) => kind === 'same').map(findingLine),
  ...scenarios.map(scenarioLine),
]

function findingLine({ kind, scenario, says, known, seen, fix, token }: FindingChange): ChangeLine {
  const what = `${scenario}: ${says}${known ? ' (known)' : ''}`
  if (kind === 'new') return { mark: '+', text: what, replay: `npx stormproof replay ${token}` }
  const before = `${what}; seen in ${counted(seen[0], 'storm')} before, now in`
  return kind === 'same'
    ? { mark: '=', text: `${before} ${grouped(seen[1])}` }
    : { mark: '−', text: `${before} none${fix ? confidence(fix) : ''}` }
}

const confidence = ({ needs, clean }: NonNullable<FindingChange['fix']>): string =>
  clean < needs
    ? `: too few to believe it, a fix would show in ${counted(needs, 'clean storm')}`
    : ` of ${grouped(clean)}: fixed with 95 % confidence, for which ${grouped(needs)} clean are enough`

function scenarioLine({ name, open, survived }: ScenarioChange): ChangeLine {
  if (!survived) return { mark: '?', text: `${name} cannot be compared: ${open}` }
  const { before, after, change, lower, upper } = survived
  const mark = upper < 0 ? '↓' : lower > 0 ? '↑' : '='
  const verdict = mark === '=' ? 'no more than chance explains' : mark === '↓' ? 'it got worse' : 'it got better'
  return {
    mark,
    text: `${name} kept every promise in ${share(before)}, now in ${share(after)}: ${signed(change)} (95 %: ${signed(lower)} to ${signed(upper)}), ${verdict}`,
  }
}

const share = ([kept, storms]: RateChange['before']): string => `${grouped(kept)} of ${grouped(storms)}`
const signed = (change: number): string => `${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(1)} %`
