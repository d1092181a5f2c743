/** Faults of the user, for whom a run works. */

import type { FaultDefinition } from './fault.js'
import { cancel } from './user/cancel.js'
import { doubleSubmit } from './user/double-submit.js'
import { midTurnMessage } from './user/mid-turn-message.js'

export const userFaults: readonly FaultDefinition[] = [cancel, doubleSubmit, midTurnMessage]
