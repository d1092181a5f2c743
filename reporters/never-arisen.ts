/** The situations that no trial got into, each with its scenario. */

import type { ScenarioRecord } from '../src/report/record.js'

export const neverArisen = (scenarios: readonly ScenarioRecord[]): readonly string[] =>
  scenarios.flatMap(({ name, storms, invariants }) =>
    storms === 0
      ? []
      : invariants
          .filter(({ situation, group }) => situation && group === 'never-arose')
          .map((situation) => `${situation.name} (${name})`),
  )
