/** The verdict on one scenario, from what its trials showed. */

import type { Nondeterminism, Result, ScenarioProblem, ScenarioRecord } from '../report/record.js'

/** Problems that are no error of the scenario, with what each makes of it. A `missing-break`: its agent is better than it was declared to be. */
const verdicts: Readonly<Partial<Record<ScenarioProblem['kind'], Result>>> = {
  'missing-break': 'fail',
  endless: 'inconclusive',
  'stale-repro': 'inconclusive',
  'never-landed': 'inconclusive',
}

/** A mistake in the scenario, a leak, a process that ended: what the trials say of the agent counts for nothing. */
export const isScenarioError = ({ kind }: ScenarioProblem): boolean => verdicts[kind] === undefined

/** The worse comes first. */
export function scenarioResult(
  record: Pick<ScenarioRecord, 'problems' | 'findings' | 'storms' | 'unknown' | 'invariants'> & {
    readonly nondeterminism: Nondeterminism | undefined
  },
  { interrupted, asked }: { readonly interrupted: boolean; readonly asked: number },
): Result {
  if (interrupted) return 'interrupted'
  if (record.problems.some(isScenarioError)) return 'scenario-error'
  if (record.nondeterminism) return 'nondeterministic'
  const results = record.problems.map(({ kind }) => verdicts[kind])
  if (results.includes('fail') || record.findings.some(({ known }) => !known)) return 'fail'
  if (results.includes('inconclusive')) return 'inconclusive'
  if (asked > 0 && record.storms === 0) return 'inconclusive'
  if (record.storms > 0 && record.unknown === record.storms) return 'inconclusive'
  return record.invariants.some(({ group }) => group === 'never-arose') ? 'inconclusive' : 'pass'
}

export const noCalmDay = (scenario: string, file: string, reason: string): ScenarioProblem => ({
  kind: 'no-calm-day',
  what: `${scenario} does not reach its goal on a calm day, without any fault${reason ? `: ${reason}` : ''}`,
  where: file,
  remedy: 'mend the script, the backends or `success` until the calm trial reaches the goal; no storm was run',
})

export const missingBreak = (invariant: string, file: string): ScenarioProblem => ({
  kind: 'missing-break',
  what: `\`breaks\` declares ${JSON.stringify(invariant)}, and no trial broke it`,
  where: file,
  remedy: `take ${JSON.stringify(invariant)} out of \`breaks\` if it is mended; otherwise run more storms`,
})

/** `steps` and `time` are the budgets of one trial. */
export const endless = (stopped: number, trials: number, file: string): ScenarioProblem => ({
  kind: 'endless',
  what: `in ${stopped} of ${trials} trials the agent was still going when its budget ended (10,000 steps of the world, or a day of simulated time): no verdict on those`,
  where: file,
  remedy: 'bound its loop: so many turns, so many tries, so many polls, and then an end',
})

export const endlessCalmDay = (scenario: string, file: string): ScenarioProblem => ({
  kind: 'no-calm-day',
  what: `${scenario} does not come to an end on a calm day: it was stopped after 10,000 steps of the world, or a day of simulated time, and was still going`,
  where: file,
  remedy: 'look for a loop that asks the model or a tool for ever; no storm was run',
})

export const neverLanded = (fault: string, file: string): ScenarioProblem => ({
  kind: 'never-landed',
  what: `${fault} was asked for, and in no trial did it make a difference to the agent`,
  where: file,
  remedy:
    "give the agent a step that it can strike, or ask for it no longer: `without` of the scenario's `faults`, or no `add` and `sequence` that names it",
})

export const staleRepro = (met: number, decisions: number, file: string, name: string): ScenarioProblem => ({
  kind: 'stale-repro',
  what: `the kept repro ${name} no longer applies: ${met} of ${decisions} decisions met, and nothing broke`,
  where: file,
  remedy: 'the code or the scenario has changed since: `npx stormproof keep prune` removes what no longer applies',
})
