/** For a coding assistant: what failed, under fixed keys, a finding in at most 4,000 characters; nothing that passed. */

import { forTerminal } from '../src/core/sanitize.js'
import { counted, cut } from '../src/report/brief.js'
import { type CampaignRecord, type FindingRecord, isOfTools, type ScenarioRecord } from '../src/report/record.js'
import { storyLines } from './console/story.js'

/** Of one finding. */
const mostCharacters = 4_000

/** `at` makes the paths of the record absolute. */
export function agentReport(record: CampaignRecord, at: (path: string) => string): string {
  const findings = record.scenarios.flatMap((scenario) =>
    scenario.findings.map((finding) => told(finding, scenario, at)),
  )
  const troubles = record.scenarios.flatMap((scenario) => troubleOf(scenario, at))
  const gates = record.gates
    .filter(({ result }) => result !== 'pass')
    .map(({ name, detail }) => line('gate', `${name}: ${detail}`))
  const storms = record.scenarios.reduce((sum, scenario) => sum + scenario.storms, 0)
  const cases = record.scenarios.reduce((sum, { tool }) => sum + (tool?.cases ?? 0), 0)
  const head = line(
    'result',
    `${record.result}, exit ${record.exitCode}, ${counted(findings.length, 'finding')} in ${isOfTools(record) ? counted(cases, 'case') : counted(storms, 'storm')}`,
  )
  return `${[[head, ...gates].join('\n'), ...troubles, ...findings].join('\n\n')}\n`
}

function told(finding: FindingRecord, { file }: ScenarioRecord, at: (path: string) => string): string {
  const { story, violation } = finding
  const lines = [
    line('finding', `${finding.id}${finding.known ? ' (known: declared in `breaks`)' : ''}`),
    line('scenario', `${finding.scenario} (${at(file)})`),
    line('broken', `${violation.invariant}: ${finding.says}`),
    line('what', story.headline),
    line('needs', finding.needs.join('; ') || 'nothing: it happens on a calm day'),
    ...finding.where.map((place) => line('where', `${at(place.at)}  ${place.line.trim()}`)),
    ...(finding.usual === '' ? [] : [line('usual', finding.usual)]),
    line('replay', `npx stormproof replay ${finding.token}`),
  ]
  const room = mostCharacters - lines.join('\n').length - 'story:\n'.length
  const moments = fitting(
    storyLines(story, 100, (_colour, text) => text).map((text) => text.replace(/^ {5}/, '  ')),
    room,
  )
  return [...lines, ...(moments.length > 0 ? ['story:', ...moments] : [])].join('\n').slice(0, mostCharacters)
}

/** The last moments are nearest to what broke: they stay. */
function fitting(lines: readonly string[], room: number): readonly string[] {
  let used = 0
  const kept = [...lines].reverse().filter((text) => {
    used += text.length + 1
    return used <= room
  })
  return kept.reverse()
}

const troubleOf = (
  { name, problems, nondeterminism }: ScenarioRecord,
  at: (path: string) => string,
): readonly string[] => [
  ...problems.map((problem) =>
    [
      line('problem', `${name}: ${problem.kind}`),
      line('what', problem.what),
      ...(problem.where === '' ? [] : [line('where', at(problem.where))]),
      ...(problem.remedy === '' ? [] : [line('usual', problem.remedy)]),
    ].join('\n'),
  ),
  ...(nondeterminism
    ? [
        [
          line('problem', `${name}: two runs of one seed differed at event ${nondeterminism.seq}`),
          line('first', nondeterminism.first),
          line('second', nondeterminism.second),
          ...(nondeterminism.state ?? []).map((place) => line('where', `${at(place.at)}  ${place.line.trim()}`)),
        ].join('\n'),
      ]
    : []),
]

const line = (key: string, text: string): string => `${key}: ${cut(forTerminal(text), 600)}`
