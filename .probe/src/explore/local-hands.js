/** Hands in this process, over real scenarios. */
import { runTrial } from '../scenario/run-trial.js';
import { inProcess } from './in-process.js';
import { invariantsOf } from './lore.js';
/** `sourceLine` reads the text at `src/agent.ts:19`; without it findings show the place alone. */
export const localHands = (scenarios, sourceLine = () => '') => inProcess(scenarios, runTrial, { invariants: invariantsOf, sourceLine });
