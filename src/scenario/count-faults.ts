/** How often each fault was planned, injected and landed in a trial. */

import type { World } from '../kernel/world.js'
import type { FaultCount } from '../report/record.js'

export function countFaults(world: World): Record<string, FaultCount> {
  const counts: Record<string, { planned: number; injected: number; landed: number }> = {}
  for (const event of world.events) {
    if (event.type !== 'fault-planned' && event.type !== 'fault-injected' && event.type !== 'fault-landed') continue
    counts[event.fault] ??= { planned: 0, injected: 0, landed: 0 }
    const count = counts[event.fault] as { planned: number; injected: number; landed: number }
    if (event.type === 'fault-planned') count.planned++
    else if (event.type === 'fault-injected') count.injected++
    else count.landed++
  }
  return counts
}
