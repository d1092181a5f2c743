/** Hands in this process, over real scenarios. */

import { StormproofError } from '../core/error.js'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'
import { runTrial } from '../scenario/run-trial.js'
import type { Hands } from './hands.js'
import { inProcess } from './in-process.js'
import { faultsAsked, invariantsOf, sequencesOf, wordsOf } from './lore.js'
import type { RunTrial } from './trial-port.js'

/**
 * `sourceLine` reads the text at `src/agent.ts:19`; without it findings show the place alone. `run` is given by whoever can load a
 * scenario's file anew; without it a scenario with `isolate` is a `scenario` error.
 */
export function localHands(
  scenarios: readonly Scenario[],
  sourceLine: (at: string) => string = () => '',
  run?: RunTrial<Scenario>,
): Hands {
  const isolated = run ? undefined : scenarios.find((scenario) => scenarioOf(scenario).isolate)
  if (isolated)
    throw new StormproofError(
      'scenario',
      `scenario "${isolated.name}" asks for \`isolate\`, and its modules cannot be loaded anew from inside this process`,
      { remedy: `run it by the command line, npx stormproof ${isolated.name}, or reset the state in \`run\`` },
    )
  return inProcess(scenarios, run ?? runTrial, {
    invariants: invariantsOf,
    faultsAsked,
    words: wordsOf,
    sequences: sequencesOf,
    sourceLine,
  })
}
