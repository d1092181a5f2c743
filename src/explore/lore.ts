/** The promises a scenario is judged by, in words: its own first, then the catalogue. */

import type { Check } from '../check/invariant.js'
import { compile } from '../scenario/compile.js'
import type { Scenario } from '../scenario/define-scenario.js'
import type { InvariantInfo } from './hands.js'

/** In the order in which violations of one event are recorded. */
export const invariantsOf = (scenario: Scenario): readonly InvariantInfo[] => compile(scenario).checks.map(infoOf)

const infoOf = ({ name, says, usual, relation }: Check): InvariantInfo => ({
  name,
  says,
  usual,
  relation: relation ?? false,
})
