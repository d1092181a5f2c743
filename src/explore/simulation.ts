/** A campaign of one scenario as a function call: what `simulate` does, with its hands and its clock handed in. */

import { StormproofError } from '../core/error.js'
import type { ScenarioRecord } from '../report/record.js'
import { type Campaign, findingOf } from '../report/reporter.js'
import {
  type Budget,
  checkTrials,
  defaultPreset,
  defaultSeed,
  defaultTime,
  defaultTrials,
  parseTime,
} from './budget.js'
import { runCampaign } from './campaign.js'
import type { Hands } from './hands.js'
import { isScenarioError } from './scenario-result.js'

export interface SimulationPorts {
  readonly hands: Hands
  /** Wall clock in milliseconds. */
  now(): number
}

export interface SimulatedScenario {
  readonly name: string
  readonly breaks: readonly string[]
  /** Undefined: `stormy`. */
  readonly preset: string | undefined
}

/**
 * Findings that the scenario declares in `breaks` are listed and do not fail it.
 * Throws a `scenario` error when the scenario is at fault, a `nondeterminism` error when two runs of one storm differed:
 * an empty list of findings would say nothing then.
 */
export async function runSimulation(
  scenario: SimulatedScenario,
  budget: Budget,
  ports: SimulationPorts,
): Promise<Campaign> {
  const record = await runCampaign({
    scenario: { name: scenario.name, breaks: scenario.breaks, file: '' },
    hands: [ports.hands],
    seed: String(budget.seed ?? defaultSeed),
    preset: budget.faults ?? scenario.preset ?? defaultPreset,
    trials: checkTrials(budget.trials ?? defaultTrials),
    timeMs: parseTime(budget.time ?? defaultTime),
    now: () => ports.now(),
  })
  refuse(record)
  const result = record.result === 'pass' || record.result === 'inconclusive' ? record.result : 'fail'
  return { result, findings: record.findings.map(findingOf), trials: record.storms }
}

function refuse({ name, result, problems, nondeterminism }: ScenarioRecord): void {
  const problem = problems.find(isScenarioError)
  if (result === 'scenario-error' && problem)
    throw new StormproofError('scenario', `${name}: ${problem.what}`, { remedy: problem.remedy })
  if (nondeterminism)
    throw new StormproofError(
      'nondeterminism',
      `${name}: two runs of the same storm (${nondeterminism.seed}) differed at event ${nondeterminism.seq}, ${nondeterminism.where}:\n  ${nondeterminism.first}\n  ${nondeterminism.second}`,
      { remedy: 'look for state that outlives a run, or for time and chance that stormproof does not control' },
    )
}
