/** Annotations of a GitHub workflow: one for each distinct finding, at the line of the agent that did it. */

import { forTerminal } from '../src/core/sanitize.js'
import { grouped } from '../src/report/brief.js'
import type { CampaignRecord, FindingRecord } from '../src/report/record.js'

/** GitHub shows ten annotations of a kind for a step, and drops the rest without a word. */
const mostShown = 10

interface Annotation {
  readonly file: string
  readonly line: string
  readonly title: string
  readonly text: string
}

/** Workflow commands, one a line; nothing when all is well. */
export function githubReport(record: CampaignRecord): string {
  const all = record.scenarios.flatMap((scenario) => [
    ...scenario.findings.filter(({ known }) => !known).map((finding) => ofFinding(finding, scenario.file)),
    ...scenario.problems.map(({ kind, what, where, remedy }) => ({
      ...place(where, scenario.file),
      title: `${scenario.name}: ${kind}`,
      text: remedy === '' ? what : `${what}\n→ ${remedy}`,
    })),
    ...(scenario.nondeterminism
      ? [
          {
            ...place('', scenario.file),
            title: `${scenario.name} is not repeatable`,
            text: `two runs differed first at event ${scenario.nondeterminism.seq}`,
          },
        ]
      : []),
  ])
  const shown = all.length > mostShown ? all.slice(0, mostShown - 1) : all
  const rest = all.length - shown.length
  const last =
    rest === 0
      ? []
      : [{ file: '', line: '', title: 'stormproof', text: `and ${grouped(rest)} more: see the summary of this job` }]
  return [...shown, ...last].map((one) => `${command(one)}\n`).join('')
}

const ofFinding = (finding: FindingRecord, file: string): Annotation => ({
  ...place(finding.where[0]?.at ?? '', file),
  title: `${finding.says} (${finding.violation.invariant})`,
  text: `${finding.story.headline}\nneeds: ${finding.needs.join('; ') || 'nothing: it happens on a calm day'}\nnpx stormproof replay ${finding.token}`,
})

/** `src/agent.ts:19` or `src/agent.ts:19:7`; the scenario's file where nothing better is known. */
function place(at: string, file: string): Pick<Annotation, 'file' | 'line'> {
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(at) ?? []
  return path === undefined ? { file, line: '' } : { file: path, line: line as string }
}

function command({ file, line, title, text }: Annotation): string {
  const fields = Object.entries({ file, line, title }).filter(([, value]) => value !== '')
  const listed = fields.map(([name, value]) => `${name}=${property(value)}`).join(',')
  return `::error ${listed}::${data(text.split('\n').map(forTerminal).join('\n'))}`
}

/** As the runner reads them: percent signs and line breaks escaped, in properties colons and commas too. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(forTerminal(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
