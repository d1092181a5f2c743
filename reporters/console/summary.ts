/** What stands below the findings: each scenario, what was tested and what was not, the gates, the result. */

import { forTerminal } from '../../src/core/sanitize.js'
import { counted, grouped } from '../../src/report/brief.js'
import type { Comparison } from '../../src/report/compare.js'
import { changeLines, sinceSummary } from '../../src/report/compare-words.js'
import type { CampaignRecord, Gate, ScenarioRecord } from '../../src/report/record.js'
import { countWords } from '../../src/report/tool-record.js'
import { keptWords } from '../kept-words.js'
import { neverArisen } from '../never-arisen.js'
import { cells, clip, pad, wrap } from './columns.js'
import type { Paint } from './paint.js'

const label = 11

export function summaryLines(
  record: CampaignRecord,
  options: { width: number; verbose: boolean },
  paint: Paint,
): readonly string[] {
  const ran = record.scenarios.filter((scenario) => scenario.storms + scenario.singles + scenario.kept > 0)
  return [
    ...(ran.length > 0
      ? [
          ...scenarioLines(ran, options.width),
          '',
          ...promiseLines(ran, options),
          ...situationLines(ran, options.width),
          ...faultLines(ran, options.width),
        ]
      : []),
    ...(record.since ? sinceLines(record.since, options.width, paint) : []),
    ...record.gates
      .filter((gate) => options.verbose || gate.result !== 'pass')
      .flatMap((gate) => gateLines(gate, options.width)),
    ...resultLines(record, options.width, paint),
  ]
}

/** What changed since the baseline. */
export function sinceLines(since: Comparison, width: number, paint: Paint): readonly string[] {
  const colours = { '+': 'red', '↓': 'red', '−': 'green', '↑': 'green', '=': undefined, '?': 'yellow' } as const
  return [
    ...named('since', [`${since.before}: ${sinceSummary(since)}`], width),
    ...changeLines(since).flatMap(({ mark, text, replay }) => {
      const colour = colours[mark]
      const left = ' '.repeat(label)
      return [
        ...wrap(text, width - label - 5).map(
          (line, index) => ` ${left}${index > 0 ? ' ' : colour ? paint(colour, mark) : mark} ${line}`,
        ),
        ...(replay === undefined ? [] : [` ${left}  ${forTerminal(replay)}`]),
      ]
    }),
  ]
}

/** The result alone, on as many lines as it needs. */
export const resultLines = (record: CampaignRecord, width: number, paint: Paint): readonly string[] =>
  named('result', [resultLine(record)], width, (text) => paint(colours[record.result], text))

const colours = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  'scenario-error': 'red',
  nondeterministic: 'red',
  interrupted: 'yellow',
} as const

function scenarioLines(scenarios: readonly ScenarioRecord[], width: number): readonly string[] {
  const name = Math.min(Math.floor(width / 3), Math.max(...scenarios.map((scenario) => cells(scenario.name))) + 2)
  return scenarios.map((scenario) => {
    const unknown = scenario.unknown > 0 ? `   ${grouped(scenario.unknown)} without a verdict` : ''
    const goal = scenario.calmGoal === undefined ? '' : `   reached its goal in ${grouped(scenario.goals)}`
    const findings = scenario.findings.length === 0 ? 'no finding' : counted(scenario.findings.length, 'finding')
    const survived =
      scenario.storms === 0
        ? 'no storm was run'
        : `${grouped(scenario.survived)} of ${grouped(scenario.storms)} storms kept every promise`
    return clip(` ${pad(scenario.name, name)} ${survived}   ${findings}${goal}${unknown}`, width)
  })
}

/** Three groups; only the one that concerns an agent and never arose needs names. */
function promiseLines(
  scenarios: readonly ScenarioRecord[],
  options: { width: number; verbose: boolean },
): readonly string[] {
  const groups = new Map<string, 'tested' | 'never-arose' | 'not-concerned'>()
  const rank = { tested: 2, 'never-arose': 1, 'not-concerned': 0 } as const
  for (const invariant of scenarios.flatMap((scenario) => scenario.invariants)) {
    if (invariant.situation) continue
    const before = groups.get(invariant.name)
    if (before === undefined || rank[invariant.group] > rank[before]) groups.set(invariant.name, invariant.group)
  }
  const names = (group: string): readonly string[] =>
    [...groups].filter(([, value]) => value === group).map(([name]) => name)
  const never = names('never-arose')
  const counts = [
    `${names('tested').length} applied and were tested`,
    `${names('not-concerned').length} ${names('not-concerned').length === 1 ? 'does' : 'do'} not concern ${scenarios.length === 1 ? 'this agent' : 'these agents'}`,
  ]
  const lines = named(
    'promises',
    [
      `${counts.join(' · ')}${never.length === 0 ? '' : ` · ${never.length === 1 ? '1 concerns them and never arose' : `${never.length} concern them and never arose`}:`}`,
    ],
    options.width,
  )
  const shown = options.verbose ? never : never.slice(0, 3)
  const hidden = never.length - shown.length
  return [
    ...lines,
    ...named(
      '',
      [
        ...shown.map((name) => `${name}  → npx stormproof explain ${name}`),
        ...(hidden > 0 ? [`and ${hidden} more  → -v`] : []),
      ],
      options.width,
    ),
  ]
}

/** Each scenario's own: what arose in one says nothing of another. */
function situationLines(scenarios: readonly ScenarioRecord[], width: number): readonly string[] {
  const all = scenarios.flatMap(({ invariants }) => invariants.filter(({ situation }) => situation))
  if (all.length === 0) return []
  const never = neverArisen(scenarios)
  const arose = `${counted(all.length, 'situation')} named, ${all.length - never.length} arose`
  return named('situations', [never.length === 0 ? arose : `${arose}; never: ${never.join(' · ')}`], width)
}

function faultLines(scenarios: readonly ScenarioRecord[], width: number): readonly string[] {
  const landed = new Map<string, number>()
  for (const scenario of scenarios)
    for (const [fault, count] of Object.entries(scenario.faults))
      landed.set(fault, (landed.get(fault) ?? 0) + count.landed)
  if (landed.size === 0) return []
  const missed = [...landed].filter(([, count]) => count === 0).map(([fault]) => fault)
  const text = `${counted(landed.size, 'kind')} asked for, ${landed.size - missed.length} landed`
  return named('faults', [missed.length === 0 ? text : `${text}; never: ${missed.join(', ')}`], width)
}

function gateLines(gate: Gate, width: number): readonly string[] {
  const symbol = gate.result === 'pass' ? '✓' : gate.result === 'fail' ? '✗' : '?'
  return named('gate', [`${symbol} ${gate.name}  ${gate.detail}`], width)
}

export function resultLine(record: CampaignRecord): string {
  const findings = record.scenarios.flatMap((scenario) => scenario.findings)
  const known = findings.filter((finding) => finding.known).length
  const [first] = record.scenarios
  if (first?.tool) return `${first.name}  ${countWords(first.tool.clauses)}`
  const counts = `${counted(findings.length, 'finding')}${known > 0 ? ` (${known} known)` : ''}`
  if (record.result === 'pass') {
    const kept = keptWords(record)
    return `PASS  ${findings.length === 0 ? 'no finding' : counts}${kept === undefined ? '; no storm was run' : ` in ${kept}`}`
  }
  if (record.result === 'fail') return `FAIL  ${findings.length > 0 ? counts : 'a gate failed'}`
  if (record.result === 'inconclusive')
    return `INCONCLUSIVE  ${
      record.gates
        .filter((gate) => gate.result === 'inconclusive')
        .map((gate) => gate.detail)
        .join('; ') || openWords(record)
    }`
  if (record.result === 'interrupted') return `INTERRUPTED  the record is partial; ${counts} so far`
  if (record.result === 'nondeterministic')
    return `NOT REPEATABLE  two runs of the same code differed; nothing above can be trusted until they agree`
  if (findings.length > 0) return `SCENARIO ERROR  ${counts} beside it`
  const threw = record.scenarios.every(({ problems }) => problems.every(({ kind }) => kind === 'agent-threw'))
  return `SCENARIO ERROR  ${threw ? 'without any fault it must reach its goal, then come storms' : 'this is about the scenario, not about the agent'}`
}

/** Why there is no verdict, where no gate says it. */
function openWords({ scenarios }: CampaignRecord): string {
  const kinds = new Set(scenarios.flatMap(({ problems }) => problems.map(({ kind }) => kind)))
  const texts = [
    ...(kinds.has('endless') ? ['some trials did not come to an end'] : []),
    ...(kinds.has('stale-repro') ? ['a kept repro no longer applies'] : []),
    ...neverArisen(scenarios).map((name) => `never arose: ${name}`),
  ]
  return texts.join('; ') || 'too little was tried to tell'
}

function named(
  name: string,
  texts: readonly string[],
  width: number,
  paintText: (text: string) => string = (text) => text,
): readonly string[] {
  return texts
    .flatMap((text) => wrap(text, width - label - 2))
    .map((line, index) => ` ${pad(index === 0 ? name : '', label)}${paintText(line)}`)
}
