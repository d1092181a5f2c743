/** Faults of isolation: what others do beside the run, with which it shares a process, a store or a service. */

import type { FaultDefinition } from './fault.js'
import { concurrentSessions } from './isolation/concurrent-sessions.js'
import { multiInstance } from './isolation/multi-instance.js'
import { sharedCache } from './isolation/shared-cache.js'

export const isolationFaults: readonly FaultDefinition[] = [concurrentSessions, multiInstance, sharedCache]
