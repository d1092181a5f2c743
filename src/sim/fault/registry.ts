/** Every fault that exists, one line a family. */

import { approvalFaults } from './approval.js'
import { memoryPoison, summaryFault } from './context.js'
import type { FaultDefinition } from './fault.js'
import { modelFaults } from './model.js'
import { sinkFaults } from './observability.js'
import { processFaults } from './process.js'
import { storeFaults } from './store.js'
import { toolFaults } from './tool.js'

export const faults: readonly FaultDefinition[] = [
  ...modelFaults,
  ...toolFaults,
  ...storeFaults,
  ...processFaults,
  ...approvalFaults,
  summaryFault,
  memoryPoison,
  ...sinkFaults,
]
