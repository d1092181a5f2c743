/** Faults of the services behind the tools, at the backend's operation. */

import type { FaultDefinition } from './fault.js'
import { type ServiceFault, toolFault } from './service-fault.js'
import { emptyResult } from './tool/empty-result.js'
import { toolError } from './tool/error.js'
import { falsyResult } from './tool/falsy-result.js'
import { garbageResult } from './tool/garbage-result.js'
import { injection } from './tool/injection.js'
import { partialEffect } from './tool/partial-effect.js'
import { partialResult } from './tool/partial-result.js'
import { rateLimited } from './tool/rate-limited.js'
import { schemaDrift } from './tool/schema-drift.js'
import { staleData } from './tool/stale-data.js'
import { timeoutAfterEffect } from './tool/timeout-after-effect.js'
import { timeoutBeforeEffect } from './tool/timeout-before-effect.js'

/** Those that are the outcome of a request, in the order in which the tape lists them. */
export const serviceFaults: readonly ServiceFault[] = [
  toolError,
  rateLimited,
  timeoutBeforeEffect,
  timeoutAfterEffect,
  garbageResult,
  partialEffect,
  falsyResult,
  emptyResult,
  partialResult,
  schemaDrift,
  staleData,
  injection,
]

const time = { ...toolFault, chosenAs: 'time' } as const

export const toolFaults: readonly FaultDefinition[] = [
  ...serviceFaults,
  { ...time, name: 'tool/delay', says: 'The service answers slowly.' },
  { ...time, name: 'tool/late-result', says: 'The answer comes after its caller stopped waiting.' },
  { ...time, name: 'tool/hang', says: 'The service never answers.' },
  { ...time, name: 'tool/permute', chosenAs: 'hold', says: 'The answer is held back while others pass it.' },
]
