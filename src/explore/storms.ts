/** `storms`: the storms of a scenario for a fast-check property of one's own. */

import type fc from 'fast-check'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'
import { localHands } from './local-hands.js'
import { stormArbitrary } from './storm-arbitrary.js'

/** Every storm of a scenario as a fast-check arbitrary; it shrinks as the command line does. */
export function storms(scenario: Scenario): fc.Arbitrary<{ run(): Promise<void> }> {
  const hands = localHands([scenario])
  return stormArbitrary(scenarioOf(scenario), () => hands)
}
