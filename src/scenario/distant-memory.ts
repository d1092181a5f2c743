/** The memory that outlives a session, as far from its agent in a world as its tier is. */

import type { Agent } from '../agent/agent.js'
import type { Clock, Random } from '../core/clock.js'
import { latencyOf, type SemanticStore, tiers } from '../core/memory.js'

/** The same agent; each operation of its semantic store, if it has one, takes virtual time. */
export function withDistantMemory(agent: Agent<unknown>, clock: Clock, random: Random): Agent<unknown> {
  const semantic = agent.memory?.semantic
  if (!agent.memory || !semantic) return agent
  return { ...agent, memory: { ...agent.memory, semantic: distant(semantic, clock, random) } }
}

function distant(store: SemanticStore, clock: Clock, random: Random): SemanticStore {
  const reached = (operation: string): Promise<void> => {
    const share = random.below(`memory/${operation}`, 101) / 100
    return new Promise((resolve) => clock.after(latencyOf(tiers.semantic, share), resolve))
  }
  return {
    put: (items, options) => reached('put').then(() => store.put(items, options)),
    search: (query, options) => reached('search').then(() => store.search(query, options)),
    remove: (ids, options) => reached('remove').then(() => store.remove(ids, options)),
  }
}
