/** Hands in this process, over real scenarios. */

import type { Scenario } from '../scenario/define-scenario.js'
import { runTrial } from '../scenario/run-trial.js'
import type { Hands } from './hands.js'
import { inProcess } from './in-process.js'
import { invariantsOf } from './lore.js'

/** `sourceLine` reads the text at `src/agent.ts:19`; without it findings show the place alone. */
export const localHands = (scenarios: readonly Scenario[], sourceLine: (at: string) => string = () => ''): Hands =>
  inProcess(scenarios, runTrial, { invariants: invariantsOf, sourceLine })
