/** Every fault that exists, one line a family. */

import { shapes } from '../shape/registry.js'
import { approvalFaults } from './approval.js'
import { clockFaults } from './clock.js'
import { contextFaults } from './context.js'
import type { FaultDefinition } from './fault.js'
import { isolationFaults } from './isolation.js'
import { modelFaults } from './model.js'
import { sinkFaults } from './observability.js'
import { processFaults } from './process.js'
import { storeFaults } from './store.js'
import { subagentFaults } from './subagent.js'
import { toolFaults } from './tool.js'
import { userFaults } from './user.js'

export const faults: readonly FaultDefinition[] = [
  ...modelFaults,
  ...toolFaults,
  ...storeFaults,
  ...processFaults,
  ...clockFaults,
  ...approvalFaults,
  ...userFaults,
  ...subagentFaults,
  ...isolationFaults,
  ...contextFaults,
  ...sinkFaults,
  ...shapes,
]
