/** Faults of the clocks of the agent's process. */

import { jump } from './clock/jump.js'
import { sameTick } from './clock/same-tick.js'
import { skew } from './clock/skew.js'
import type { FaultDefinition } from './fault.js'

/** What a service asks to wait for is a fault of its answer: see `tool.ts`. An hour that comes twice, or never, is none: see `beyond.ts`. */
export const clockFaults: readonly FaultDefinition[] = [jump, skew, sameTick]
