/** The promises a scenario is judged by, in words: its own first, then the catalogue. */

import type { Check } from '../check/invariant.js'
import { compile } from '../scenario/compile.js'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'
import type { Sequences } from '../scenario/fault-sequence.js'
import { rewordingsOf } from '../scenario/reword.js'
import type { FaultsAsked, InvariantInfo } from './hands.js'

/** In the order in which violations of one event are recorded. */
export const invariantsOf = (scenario: Scenario): readonly InvariantInfo[] => compile(scenario).checks.map(infoOf)

export function faultsAsked(scenario: Scenario): FaultsAsked {
  const { addedFaults, sequences } = scenarioOf(scenario)
  const steps = Object.values(sequences).flat()
  const prescribed = [...new Set(steps.map(({ fault }) => fault))].filter((name) => name !== 'none')
  return { added: addedFaults.map(({ name }) => name), prescribed }
}

export const sequencesOf = (scenario: Scenario): Sequences => scenarioOf(scenario).sequences

export const wordsOf = (scenario: Scenario): readonly string[] => rewordingsOf(scenarioOf(scenario).prompt)

const infoOf = ({ name, says, usual, relation, situation }: Check): InvariantInfo => ({
  name,
  says,
  usual,
  relation: relation ?? false,
  ...(situation && { situation }),
})
