/** Annotations of a GitHub workflow: one for each distinct finding, at the line of the agent that did it. */

import { forTerminal } from '../src/core/sanitize.js'
import { cut, grouped } from '../src/report/brief.js'
import type { CampaignRecord, FindingRecord } from '../src/report/record.js'

/** GitHub shows ten annotations of a kind for a step, and drops the rest without a word. */
const mostShown = 10

/** What an annotation may have, in UTF-16 units: a longer title is refused, of a message of 64 KiB the end is lost. As JSON a unit has six bytes at most. */
const longestTitle = 255
const longestMessage = 10_000
/** Of each part of a message but the line that replays it. */
const longestPart = 1_000

interface Annotation {
  readonly file: string
  readonly line: string
  readonly title: string
  readonly text: string
}

/**
 * Workflow commands, one a line; nothing when all is well, and nothing of a shard: what several of them find is told once, where they are
 * merged. A failure that several scenarios show is one annotation.
 */
export function githubReport(record: CampaignRecord): string {
  if (record.shard) return ''
  const told = new Set<string>()
  const isNew = ({ signature }: FindingRecord): boolean => !told.has(signature) && told.add(signature) !== undefined
  const all = record.scenarios.flatMap((scenario) => [
    ...scenario.findings
      .filter(({ known }) => !known)
      .filter(isNew)
      .map((finding) => ofFinding(finding, scenario.file, placesOf(record, finding))),
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

/** The scenarios that show it too. */
const placesOf = ({ scenarios }: CampaignRecord, { signature, scenario }: FindingRecord): readonly string[] =>
  scenarios
    .filter(({ name, findings }) => name !== scenario && findings.some((one) => one.signature === signature))
    .map(({ name }) => name)

function ofFinding(finding: FindingRecord, file: string, also: readonly string[]): Annotation {
  const replay = `npx stormproof replay ${finding.token}`
  return {
    ...place(finding.where[0]?.at ?? '', file),
    title: `${finding.says} (${finding.violation.invariant})`,
    text: [
      cut(finding.story.headline, longestPart),
      cut(`needs: ${finding.needs.join('; ') || 'nothing: it happens on a calm day'}`, longestPart),
      ...(also.length > 0 ? [cut(`also in ${also.join(', ')}`, longestPart)] : []),
      // Half a token replays nothing.
      replay.length <= longestMessage - 4 * longestPart ? replay : 'replay: the token is in the summary of this job',
    ].join('\n'),
  }
}

/** `src/agent.ts:19` or `src/agent.ts:19:7`; the scenario's file where nothing better is known. */
function place(at: string, file: string): Pick<Annotation, 'file' | 'line'> {
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(at) ?? []
  return path === undefined ? { file, line: '' } : { file: path, line: line as string }
}

function command({ file, line, title, text }: Annotation): string {
  const fields = Object.entries({ file, line, title: cut(title, longestTitle) }).filter(([, value]) => value !== '')
  const listed = fields.map(([name, value]) => `${name}=${property(value)}`).join(',')
  return `::error ${listed}::${data(cut(text, longestMessage).split('\n').map(forTerminal).join('\n'))}`
}

/** As the runner reads them: percent signs and line breaks escaped, in properties colons and commas too. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(forTerminal(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
