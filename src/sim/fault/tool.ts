/** Faults of the services behind the tools, at the backend's operation. */

import { timerEdge } from './clock/timer-edge.js'
import type { FaultDefinition } from './fault.js'
import { sharedResource } from './isolation/shared-resource.js'
import { secretCanary } from './observability/secret-canary.js'
import { type ServiceFault, toolFault } from './service-fault.js'
import { cascade } from './tool/cascade.js'
import { duplicateEffect } from './tool/duplicate-effect.js'
import { emptyResult } from './tool/empty-result.js'
import { toolError } from './tool/error.js'
import { falsyResult } from './tool/falsy-result.js'
import { garbageResult } from './tool/garbage-result.js'
import { injection } from './tool/injection.js'
import { lyingAnnotation } from './tool/lying-annotation.js'
import { mutateArgs } from './tool/mutate-args.js'
import { partialEffect } from './tool/partial-effect.js'
import { partialResult } from './tool/partial-result.js'
import { rateLimited } from './tool/rate-limited.js'
import { schemaDrift } from './tool/schema-drift.js'
import { staleData } from './tool/stale-data.js'
import { suspend } from './tool/suspend.js'
import { timeoutAfterEffect } from './tool/timeout-after-effect.js'
import { timeoutBeforeEffect } from './tool/timeout-before-effect.js'
import { versionChange } from './tool/version-change.js'
import { transportFaults } from './transport.js'

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
  cascade,
  duplicateEffect,
  ...transportFaults,
  sharedResource,
  timerEdge,
  secretCanary,
]

const time = { ...toolFault, chosenAs: 'time' } as const

export const toolFaults: readonly FaultDefinition[] = [
  ...serviceFaults,
  mutateArgs,
  suspend,
  lyingAnnotation,
  versionChange,
  { ...time, name: 'tool/delay', says: 'The service answers slowly.' },
  { ...time, name: 'tool/late-result', says: 'The answer comes after its caller stopped waiting.' },
  { ...time, name: 'tool/hang', says: 'The service never answers.' },
  { ...time, name: 'tool/permute', chosenAs: 'hold', says: 'The answer is held back while others pass it.' },
]
