/** `simulate`: a scenario's campaign in this process. */
import { systemClock } from '../platform/system-clock.js';
import { scenarioOf } from '../scenario/define-scenario.js';
import { localHands } from './local-hands.js';
import { runSimulation } from './simulation.js';
/**
 * A calm day, every single fault, then 300 storms or 30 s, whichever ends first.
 * Rejects with a `StormproofError` when the scenario is at fault, or when two runs of one storm differ.
 */
export async function simulate(scenario, budget = {}) {
    const clock = systemClock();
    return runSimulation(scenarioOf(scenario), budget, { hands: localHands([scenario]), now: () => clock.now() });
}
