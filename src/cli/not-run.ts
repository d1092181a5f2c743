/** The record of a scenario, or of a file, that could not be run at all. */

import type { ScenarioRecord } from '../report/record.js'
import type { FileTrouble } from './load-scenarios.js'

export function scenarioNotRun(trouble: FileTrouble & { readonly name?: string }): ScenarioRecord {
  const { file, message, remedy, name = file } = trouble
  return {
    name,
    file,
    result: 'scenario-error',
    problems: [{ kind: 'not-run', what: message, where: name === file ? '' : file, remedy }],
    calmGoal: undefined,
    storms: 0,
    survived: 0,
    goals: 0,
    unknown: 0,
    singles: 0,
    kept: 0,
    doubleRuns: 0,
    nondeterminism: undefined,
    invariants: [],
    faults: {},
    findings: [],
    virtualMs: 0,
  }
}
