/** The card of a tool as the record of a campaign: a clause is a promise, a broken one a finding. */

import { exitCodes } from '../explore/exit-code.js'
import {
  type CampaignRecord,
  type Environment,
  type FindingRecord,
  type Gate,
  type Result,
  schemaVersion,
} from '../report/record.js'
import type { ClauseRecord } from '../report/tool-record.js'
import { countWords } from '../report/tool-record.js'
import type { BrokenClause, Judged } from './tool-message.js'

interface Told {
  readonly campaign: string
  readonly seed: string
  readonly file: string
  readonly environment: Environment
}

export function toolCampaign(
  { name, tool, broken }: Judged,
  { campaign, seed, file, environment }: Told,
): CampaignRecord {
  const result = resultOf(tool.clauses)
  const findings = broken.map((one, index) => findingOf(one, name, `F${index + 1}`))
  return {
    ...{ schemaVersion, campaign, seed, preset: 'none', trials: 0, result, exitCode: exitCodes[result], environment },
    gates: [gateOf(tool.clauses, result)],
    scenarios: [
      {
        ...{ name, file, tool, result, problems: [], calmGoal: undefined, nondeterminism: undefined, findings },
        ...{ storms: 0, survived: 0, goals: 0, unknown: 0, singles: 0, pairs: 0, kept: 0, doubleRuns: 0, virtualMs: 0 },
        ...{ faults: {}, strains: [], invariants: tool.clauses.map(invariantOf) },
      },
    ],
  }
}

/** A clause that concerns the tool and never came up leaves it open, as a promise does that never arose. */
function resultOf(clauses: readonly ClauseRecord[]): Result {
  if (clauses.some(({ verdict }) => verdict === 'invalid')) return 'fail'
  const isOpen = clauses.some(({ beside }) => beside === 'never-arose')
  return isOpen || clauses.every(({ verdict }) => verdict === 'unknown') ? 'inconclusive' : 'pass'
}

const gateOf = (clauses: readonly ClauseRecord[], result: Result): Gate => ({
  name: 'clauses',
  result: result === 'pass' || result === 'fail' ? result : 'inconclusive',
  detail: countWords(clauses),
})

const invariantOf = ({ name, says, verdict, beside, exercised }: ClauseRecord) => ({
  ...{ name, says, arose: exercised, broken: verdict === 'invalid' ? 1 : 0 },
  group: beside === undefined ? ('tested' as const) : beside === 'never-arose' ? beside : ('not-concerned' as const),
})

function findingOf(
  { clause, says, why, hints, needs, story, token }: BrokenClause,
  name: string,
  id: string,
): FindingRecord {
  return {
    ...{
      id,
      scenario: name,
      signature: `${clause} ${name}`,
      says: clause === says ? `the tool is ${says}` : says,
      usual: hints.join('; '),
      known: false,
      token,
      needs,
    },
    violation: { invariant: clause, clause: '', because: why, witness: [], seq: story.at(-1)?.seq ?? 0, tool: name },
    ...{ decisions: [], faults: [], where: [], console: [], replays: 0, seen: 0, origin: 'case' },
    story: { headline: why, backend: 'services', lines: story, hidden: 0 },
    shrink: { runs: 0, eventsBefore: 0, eventsAfter: 0, decisionsBefore: 0 },
  }
}
