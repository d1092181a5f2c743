/** `simulate`: a scenario's campaign in this process. */

import { systemClock } from '../platform/system-clock.js'
import type { Campaign } from '../report/reporter.js'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'
import type { Budget } from './budget.js'
import { localHands } from './local-hands.js'
import { runSimulation } from './simulation.js'

export type { Finding } from '../report/reporter.js'
export type { Budget, Campaign }

/**
 * A calm day, every single fault, then 300 storms or 30 s, whichever ends first.
 * Rejects with a `StormproofError` when the scenario is at fault, or when two runs of one storm differ.
 */
export async function simulate(scenario: Scenario, budget: Budget = {}): Promise<Campaign> {
  const clock = systemClock()
  return runSimulation(scenarioOf(scenario), budget, { hands: localHands([scenario]), now: () => clock.now() })
}
