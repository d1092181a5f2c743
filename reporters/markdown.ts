/** Markdown for a comment on a pull request or the summary of a job: result, gates, matrix, findings; as much as fits. */

import { fenced, inCode } from '../src/core/sanitize.js'
import { counted, grouped } from '../src/report/brief.js'
import type { CampaignRecord, FindingRecord, ScenarioRecord } from '../src/report/record.js'
import { exactUpper } from '../src/report/statistics.js'
import { storyLines } from './console/story.js'
import { resultLine } from './console/summary.js'

export interface MarkdownOptions {
  /** UTF-8. A comment may have 64 KiB, the summary of a job 1 MiB. Default 60,000. */
  readonly mostBytes?: number
}

/** Text of others stands in code, where it is no markup. Later parts go first where all do not fit. */
export function markdownReport(record: CampaignRecord, { mostBytes = 60_000 }: MarkdownOptions = {}): string {
  const findings = record.scenarios.flatMap((scenario) =>
    scenario.findings.map((finding) => findingPart(finding, scenario)),
  )
  const parts = [
    head(record),
    gates(record),
    ...record.scenarios.flatMap(troubles),
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

/** Broken of struck storms; nothing where the fault never landed. The worst row comes first. */
function matrix({ scenarios }: CampaignRecord): string {
  const kinds = [...new Set(scenarios.flatMap(({ faults }) => Object.keys(faults)))].sort()
  if (kinds.length === 0) return ''
  const rows = kinds.map((kind) => {
    const tallies = scenarios.map(({ faults }) => faults[kind])
    const storms = tallies.reduce((sum, tally) => sum + (tally?.storms ?? 0), 0)
    const broken = tallies.reduce((sum, tally) => sum + (tally?.broken ?? 0), 0)
    const cells = tallies.map((tally) =>
      tally && tally.storms > 0
        ? `${grouped(tally.broken)}/${grouped(tally.storms)}${tally.broken > 0 ? ' ❌' : ''}`
        : '░',
    )
    const bound = storms === 0 ? 'not tested' : `≤ ${(exactUpper(broken, storms) * 100).toFixed(1)} %`
    return { kind, bound, cells, upper: broken === 0 ? -storms : storms + exactUpper(broken, storms) }
  })
  rows.sort((one, other) => other.upper - one.upper || (one.kind < other.kind ? -1 : 1))
  return [
    '### Fault × scenario',
    table(
      ['storms it landed in: broken/all', ...scenarios.map(({ name }) => code(name)), 'broken (95 %)'],
      rows.map(({ kind, cells, bound }) => [code(kind), ...cells, bound]),
    ),
    '░ not tested: it never landed there. Several faults may share a storm.',
  ].join('\n\n')
}

function findingPart(finding: FindingRecord, { storms }: ScenarioRecord): string {
  const { id, says, scenario, violation, story, needs, where, usual, token } = finding
  return [
    `### ${finding.known ? '➖' : '❌'} ${id} ${inCode(says)}`,
    `${inCode(scenario)} · ${inCode(violation.invariant)} · ${grouped(finding.seen)} of ${counted(storms, 'storm')}${finding.known ? ' · known' : ''}`,
    inCode(story.headline),
    `Needs: ${needs.length === 0 ? 'nothing, it happens on a calm day' : needs.map(inCode).join(', ')}`,
    fenced(storyLines(story, 120, (_colour, text) => text)),
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
