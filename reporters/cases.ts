/** A campaign as suites and cases, as CI systems show tests: a suite for each scenario, a case for each kind of fault that landed; of a tool, a case for each clause. */

import { counted, grouped } from '../src/report/brief.js'
import type { CampaignRecord, FindingRecord, ScenarioProblem, ScenarioRecord } from '../src/report/record.js'
import type { ClauseRecord } from '../src/report/tool-record.js'
import { neverArisen } from './never-arisen.js'

/** `unknown`: nobody can tell, which is not a pass. `skipped`: it was asked for and made no difference to the agent. */
export type CaseStatus = 'passed' | 'failed' | 'unknown' | 'skipped'

export interface Case {
  /** No two cases of a suite share it. */
  readonly name: string
  readonly status: CaseStatus
  readonly message: string
  /** What failed in it; known ones do not fail it. */
  readonly findings: readonly FindingRecord[]
  /** Fresh storms of it, and those that broke a promise; undefined where it is no matter of storms. */
  readonly storms: { readonly run: number; readonly broken: number } | undefined
}

export interface Suite {
  readonly name: string
  readonly file: string
  readonly scenario: ScenarioRecord | undefined
  readonly cases: readonly Case[]
}

/** The scenarios in the order of the record, then the gates. */
export const suitesOf = (record: CampaignRecord): readonly Suite[] => [
  ...record.scenarios.map((scenario) => ({
    name: scenario.name,
    file: scenario.file,
    scenario,
    cases: casesOf(scenario),
  })),
  ...(record.gates.length > 0
    ? [{ name: 'gates', file: '', scenario: undefined, cases: record.gates.map(gateCase) }]
    : []),
]

const gateCase = ({ name, result, detail }: CampaignRecord['gates'][number]): Case =>
  plain(name, result === 'pass' ? 'passed' : result === 'fail' ? 'failed' : 'unknown', detail)

function casesOf(scenario: ScenarioRecord): readonly Case[] {
  if (scenario.tool) return scenario.tool.clauses.map((clause) => clauseCase(clause, scenario.findings))
  const kinds = Object.keys(scenario.faults)
  const at = (kind: string): readonly FindingRecord[] => scenario.findings.filter((finding) => kindOf(finding) === kind)
  const elsewhere = scenario.findings.filter((finding) => !kinds.includes(kindOf(finding)))
  return [
    ...(scenario.calmGoal === undefined ? [] : [calmDay(scenario.calmGoal)]),
    ...kinds.map((kind) => faultCase(kind, scenario, at(kind))),
    ...(elsewhere.length > 0 ? [caseOf('no fault alone', elsewhere, undefined)] : []),
    ...numbered(scenario.problems).map(([name, problem]) =>
      plain(name, openKinds.has(problem.kind) ? 'unknown' : 'failed', told(problem)),
    ),
    ...(scenario.nondeterminism
      ? [plain('repeatable', 'failed', `two runs differed first at event ${scenario.nondeterminism.seq}`)]
      : []),
    ...neverArose(scenario),
    ...neverArisen([scenario]).map((situation) => plain(`situation ${situation}`, 'unknown', 'it never arose')),
    ...(scenario.result === 'interrupted' ? [plain('complete', 'unknown', 'it was interrupted')] : []),
  ]
}

/** What nobody judged is skipped, as in vitest; what should have come up and did not is open. */
function clauseCase({ name, says, verdict, beside, told }: ClauseRecord, findings: readonly FindingRecord[]): Case {
  if (beside === 'never-arose') return plain(says, 'unknown', told)
  if (beside !== undefined) return plain(says, 'skipped', told)
  if (verdict === 'valid') return plain(says, 'passed', '')
  const own = findings.filter(({ violation }) => violation.invariant === name)
  return { ...caseOf(says, own, undefined), status: 'failed', message: told }
}

/** The kind a finding is shown under: the first of its faults; a finding of several is told whole in its message. */
const kindOf = ({ faults }: FindingRecord): string => faults[0] ?? ''

const calmDay = (reached: boolean): Case =>
  plain('calm day', reached ? 'passed' : 'failed', reached ? '' : 'without any fault it does not reach its goal')

function faultCase(kind: string, { faults }: ScenarioRecord, findings: readonly FindingRecord[]): Case {
  const tally = faults[kind]
  if (findings.length === 0 && tally && tally.landed === 0)
    return plain(kind, 'skipped', `asked for ${grouped(tally.planned)} times, and it made no difference to the agent`)
  return caseOf(kind, findings, tally && { run: tally.storms, broken: tally.broken })
}

function caseOf(name: string, findings: readonly FindingRecord[], storms: Case['storms']): Case {
  const failures = findings.filter(({ known }) => !known)
  const message = failures.map(({ says }) => says).join('; ')
  return { name, status: failures.length > 0 ? 'failed' : 'passed', message, findings, storms }
}

const openKinds: ReadonlySet<ScenarioProblem['kind']> = new Set(['endless', 'stale-repro', 'never-landed'])

const told = ({ what, where, remedy }: ScenarioProblem): string =>
  [what, where && `at ${where}`, remedy && `→ ${remedy}`].filter((part) => part !== '').join('\n')

/** GitLab shows the first of two cases of one name only. */
function numbered(problems: readonly ScenarioProblem[]): readonly (readonly [string, ScenarioProblem])[] {
  const seen = new Map<string, number>()
  return problems.map((problem) => {
    const count = (seen.get(problem.kind) ?? 0) + 1
    seen.set(problem.kind, count)
    return [count === 1 ? problem.kind : `${problem.kind} ${count}`, problem]
  })
}

function neverArose({ invariants, storms }: ScenarioRecord): readonly Case[] {
  const names = invariants
    .filter(({ group, situation }) => group === 'never-arose' && !situation)
    .map(({ name }) => name)
  if (names.length === 0 || storms === 0) return []
  const what = `${counted(names.length, 'promise')} ${names.length === 1 ? 'concerns' : 'concern'} this agent and never arose`
  return [plain('promises that arose', 'unknown', `${what}: ${names.join(', ')}`)]
}

const plain = (name: string, status: CaseStatus, message: string): Case => ({
  name,
  status,
  message,
  findings: [],
  storms: undefined,
})
