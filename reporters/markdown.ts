/** Markdown for a comment on a pull request or the summary of a job: result, gates, matrix, findings; as much as fits. */

import { fenced, inCode } from '../src/core/sanitize.js'
import { counted, grouped } from '../src/report/brief.js'
import { changeLines, sinceSummary } from '../src/report/compare-words.js'
import type { CampaignRecord, FaultTally, FindingRecord, ScenarioRecord } from '../src/report/record.js'
import { exactUpper } from '../src/report/statistics.js'
import { inReadingOrder } from '../src/report/tool-record.js'
import { storyLines } from './console/story.js'
import { resultLine } from './console/summary.js'
import { matrixOf } from './matrix.js'
import { sequenceDiagram } from './mermaid.js'

export interface MarkdownOptions {
  /** UTF-8. A comment may have 64 KiB, the summary of a job 1 MiB. Default 60,000. */
  readonly mostBytes?: number
  /** So many findings, the first, are drawn too, by Mermaid. Default 0: a comment has little room. */
  readonly diagrams?: number
}

/** Text of others stands in code, where it is no markup. Later parts go first where all do not fit. */
export function markdownReport(record: CampaignRecord, options: MarkdownOptions = {}): string {
  const { mostBytes = 60_000, diagrams = 0 } = options
  const findings = record.scenarios
    .flatMap((scenario) => scenario.findings.map((finding) => ({ finding, scenario })))
    .map(({ finding, scenario }, index) => findingPart(finding, scenario, index < diagrams))
  const parts = [
    head(record),
    since(record),
    gates(record),
    ...record.scenarios.flatMap(troubles),
    ...record.scenarios.map(contract),
    matrix(record),
    ...findings,
    foot(record),
  ]
  return withinBytes(
    parts.filter((part) => part !== ''),
    mostBytes,
  )
}

const symbols = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
  'scenario-error': '❌',
  nondeterministic: '❌',
  interrupted: '❔',
} as const

const head = (record: CampaignRecord): string =>
  `## ${symbols[record.result]} stormproof: ${inCode(resultLine(record))}`

function gates({ gates: all }: CampaignRecord): string {
  if (all.length === 0) return ''
  const marks = { pass: '✅', fail: '❌', inconclusive: '❔' }
  return table(
    ['gate', '', 'why'],
    all.map(({ name, result, detail }) => [code(name), marks[result], code(detail)]),
  )
}

function since({ since: changes }: CampaignRecord): string {
  if (!changes) return ''
  const lines = changeLines(changes).flatMap(({ mark, text, replay }) => [
    `${mark} ${text}`,
    ...(replay ? [`  ${replay}`] : []),
  ])
  return `### Since ${inCode(changes.before)}: ${inCode(sinceSummary(changes))}\n\n${fenced(lines)}`
}

function troubles({ name, problems, nondeterminism }: ScenarioRecord): readonly string[] {
  return [
    ...problems.map(
      ({ kind, what, where, remedy }) =>
        `### ${inCode(name)}: ${kind}\n\n${fenced([what, where, remedy].filter((text) => text !== ''))}`,
    ),
    ...(nondeterminism
      ? [
          `### ${inCode(name)} is not repeatable\n\n${fenced([`first   ${nondeterminism.first}`, `second  ${nondeterminism.second}`])}`,
        ]
      : []),
  ]
}

function contract({ name, tool }: ScenarioRecord): string {
  if (!tool) return ''
  const marks = { valid: '✅', invalid: '❌', unknown: '❔' }
  const rows = inReadingOrder(tool.clauses).map(({ says, verdict, beside, told }) => [
    beside === 'does-not-apply' ? '➖' : marks[verdict],
    code(says),
    code(told),
  ])
  const about = [`${tool.kind}, ${counted(tool.cases, 'case')}`, ...tool.about].map(inCode).join('\n')
  return [`### The contract of ${inCode(name)}`, about, table(['', 'clause', 'what was seen'], rows)].join('\n\n')
}

function matrix({ scenarios }: CampaignRecord): string {
  const rows = matrixOf(scenarios)
  if (rows.length === 0) return ''
  return [
    '### Fault × scenario',
    table(
      ['storms it landed in: broken/all', ...scenarios.map(({ name }) => code(name)), 'broken (95 %)'],
      rows.map(({ kind, tallies, storms, broken }) => [
        code(kind),
        ...tallies.map(cell),
        storms === 0 ? 'not tested' : `≤ ${(exactUpper(broken, storms) * 100).toFixed(1)} %`,
      ]),
    ),
    '░ not tested: it never landed there. Several faults may share a storm.',
  ].join('\n\n')
}

function cell(tally: FaultTally | undefined): string {
  if (!tally || tally.storms === 0) return '░'
  return `${grouped(tally.broken)}/${grouped(tally.storms)}${tally.broken > 0 ? ' ❌' : ''}`
}

function findingPart(finding: FindingRecord, { storms }: ScenarioRecord, isDrawn: boolean): string {
  const { id, says, scenario, violation, story, needs, where, usual, token } = finding
  const seen = finding.origin === 'case' ? '' : ` · ${grouped(finding.seen)} of ${counted(storms, 'storm')}`
  return [
    `### ${finding.known ? '➖' : '❌'} ${id} ${inCode(says)}`,
    `${inCode(scenario)} · ${inCode(violation.invariant)}${seen}${finding.known ? ' · known' : ''}`,
    inCode(story.headline),
    `Needs: ${needs.length === 0 ? 'nothing, it happens on a calm day' : needs.map(inCode).join(', ')}`,
    fenced(storyLines(story, 120, (_colour, text) => text)),
    ...(isDrawn ? [`\`\`\`mermaid\n${sequenceDiagram(story.lines, story.backend)}\`\`\``] : []),
    ...(where.length === 0 ? [] : [where.map(({ at, line }) => `${inCode(at)} ${inCode(line)}`).join('\n')]),
    ...(usual === '' ? [] : [`Usual way out: ${inCode(usual)}`]),
    fenced([`npx stormproof replay ${token}`], 'sh'),
  ].join('\n\n')
}

const foot = ({ seed, preset, environment }: CampaignRecord): string =>
  `<sub>stormproof ${inCode(environment.stormproof)} · seed ${inCode(seed)} · faults ${inCode(preset)} · node ${inCode(environment.node)}</sub>`

/** For a cell of a table, where a bar would end it even in code. */
const code = (text: string): string => inCode(text).replaceAll('|', '\\|')

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n')
}

function withinBytes(parts: readonly string[], most: number): string {
  const size = (text: string): number => new TextEncoder().encode(text).length
  const more = '_The rest does not fit here: it is in the record._'
  let used = size(more) + 2
  const kept: string[] = []
  for (const part of parts) {
    used += size(part) + 2
    if (used > most) return `${[...kept, more].join('\n\n')}\n`
    kept.push(part)
  }
  return `${kept.join('\n\n')}\n`
}
