/** Faults of the way between an agent and the services behind its tools. */

import type { ServiceFault } from './service-fault.js'
import { duplicateDelivery } from './transport/duplicate-delivery.js'
import { idCollide } from './transport/id-collide.js'
import { refusedConnection } from './transport/refused.js'
import { reorder } from './transport/reorder.js'
import { reset } from './transport/reset.js'

export const transportFaults: readonly ServiceFault[] = [
  refusedConnection,
  reset,
  duplicateDelivery,
  reorder,
  idCollide,
]
