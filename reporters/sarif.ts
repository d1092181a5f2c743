/** SARIF 2.1.0 for code scanning: what an attacker or a leak gained, never what merely broke. */

import { digest } from '../src/core/digest.js'
import { forTerminal } from '../src/core/sanitize.js'
import type { CampaignRecord, FindingRecord, ScenarioRecord } from '../src/report/record.js'
import type { StoryLine } from '../src/report/story.js'

/** Promises about who may do, see and decide what. */
export const securityPromises: ReadonlySet<string> = new Set([
  ...['approval-gate', 'authorization-scope', 'cache-scope', 'denial-finality'],
  ...['secret-redaction', 'session-isolation', 'trust-boundary'],
])

/** GitHub shows the first 5,000 results and 10,000 locations of each; a story has fourteen. */
const mostResults = 5_000

export function sarifReport(record: CampaignRecord): string {
  const found = record.scenarios
    .flatMap((scenario) => scenario.findings.map((finding) => ({ finding, scenario })))
    .filter(({ finding }) => securityPromises.has(finding.violation.invariant))
    .slice(0, mostResults)
  const rules = [...new Map(found.map(({ finding }) => [finding.violation.invariant, ruleOf(finding)])).values()]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: { driver: { name: 'stormproof', version: record.environment.stormproof, rules } },
        columnKind: 'utf16CodeUnits' as const,
        results: found.map(({ finding, scenario }) => ({
          ...resultOf(finding, scenario),
          ruleIndex: rules.findIndex(({ id }) => id === finding.violation.invariant),
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 1)}\n`
}

const ruleOf = ({ violation, says, usual }: FindingRecord) => ({
  id: violation.invariant,
  shortDescription: { text: forTerminal(says) },
  help: { text: forTerminal(usual) || `npx stormproof explain ${violation.invariant}` },
})

function resultOf(finding: FindingRecord, { file }: ScenarioRecord) {
  const { violation, story, needs, token, known, signature, where } = finding
  const need = needs.length === 0 ? 'nothing: it happens on a calm day' : needs.join('; ')
  return {
    ruleId: violation.invariant,
    level: 'error' as const,
    message: { text: forTerminal(`${story.headline} Needs: ${need}. Replay: npx stormproof replay ${token}`) },
    locations: [placeOf(where[0]?.at ?? '', file)],
    // The same finding keeps its alert though lines move.
    partialFingerprints: { 'stormproofSignature/v1': digest(['sarif', finding.scenario, signature]) },
    codeFlows: [
      { threadFlows: [{ locations: story.lines.map((line) => ({ location: momentOf(line, where, file) })) }] },
    ],
    properties: { scenario: forTerminal(finding.scenario), replay: token },
    ...(known && {
      suppressions: [{ kind: 'inSource' as const, justification: 'declared in `breaks` of the scenario' }],
    }),
  }
}

const momentOf = ({ vt, model, tools, backend }: StoryLine, where: FindingRecord['where'], file: string) => ({
  ...placeOf(where[0]?.at ?? '', file),
  message: { text: forTerminal(`${(vt / 1000).toFixed(1)} s  ${[model, tools, backend].filter(Boolean).join('  ')}`) },
})

/** `src/agent.ts:19:7`; the scenario's file where nothing better is known. */
function placeOf(at: string, file: string) {
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(at) ?? []
  const uri = encodeURI((path ?? file).replaceAll('\\', '/'))
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: Math.max(1, Number(line ?? 1)) } },
  }
}
