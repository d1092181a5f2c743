/** The record of a scenario, or of a file, that was not run at all. */

import { mask } from '../core/mask.js'
import type { ScenarioRecord } from '../report/record.js'
import type { FileTrouble } from './load-scenarios.js'

export function scenarioNotRun(trouble: FileTrouble & { readonly name?: string }): ScenarioRecord {
  const { file, message, remedy, name = file } = trouble
  const where = name === file ? '' : file
  return {
    ...nothing,
    name,
    file,
    result: 'scenario-error',
    problems: [{ kind: 'not-run', what: mask(message) as string, where, remedy }],
  }
}

/** Its turn had not come when the campaign was interrupted. */
export const notReached = ({ name, file }: { readonly name: string; readonly file: string }): ScenarioRecord => ({
  ...nothing,
  name,
  file,
  result: 'interrupted',
  problems: [],
})

const nothing = {
  calmGoal: undefined,
  storms: 0,
  survived: 0,
  goals: 0,
  unknown: 0,
  singles: 0,
  pairs: 0,
  kept: 0,
  doubleRuns: 0,
  nondeterminism: undefined,
  invariants: [],
  faults: {},
  strains: [],
  findings: [],
  virtualMs: 0,
} as const
