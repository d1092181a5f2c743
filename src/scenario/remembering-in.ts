/** What an agent and those who work for it remember, in a world: as far away as its tier is, and not theirs alone. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { Clock, Random } from '../core/clock.js'
import { latencyOf, type MemoryPolicy, type SemanticStore, tiers } from '../core/memory.js'
import { reflectionIn } from '../sim/actor/reflection.js'
import { memoryIn, type TeamMemory } from '../sim/actor/shared-memory.js'
import type { Setting } from '../sim/setting.js'

/** Whose memory is in use, which is seen only then: one agent may have several tasks at once. */
export interface Rememberer {
  readonly setting: Setting
  readonly random: Random
  /** The path of its calls; empty for who works for nobody. */
  readonly member: string
}

/** Whether an agent, or one who works for it, remembers what other sessions have learnt. */
export const remembersBeyond = ({ memory, tools }: Agent<unknown>): boolean =>
  memory?.semantic !== undefined || tools.some(({ subagent }) => subagent && remembersBeyond(subagent.agent))

const remembers = ({ memory, tools }: Agent<unknown>): boolean =>
  memory !== undefined || tools.some(({ subagent }) => subagent && remembers(subagent.agent))

/** The same team; each operation of a semantic store takes virtual time, and may find what others wrote. */
export function rememberingIn<T>(agent: Agent<T>, clock: Clock, team: TeamMemory, who: () => Rememberer): Agent<T> {
  if (!remembers(agent)) return agent
  const { memory } = agent
  const inTeam = wrapTools(agent, (tool) => {
    if (!tool.subagent) return tool
    return { ...tool, subagent: { ...tool.subagent, agent: rememberingIn(tool.subagent.agent, clock, team, who) } }
  })
  if (!memory) return inTeam
  const { semantic, reflect } = memory
  return {
    ...inTeam,
    memory: {
      ...memory,
      ...(reflect && { reflect: reflectionIn(() => who().setting, reflect) }),
      ...(semantic && { semantic: foundAnew(() => storeOf(memory, semantic, clock, team, who())) }),
    },
  }
}

function storeOf(
  { embed }: MemoryPolicy,
  store: SemanticStore,
  clock: Clock,
  team: TeamMemory,
  { setting, random, member }: Rememberer,
): SemanticStore {
  return memoryIn(setting, distant(store, clock, random), { items: team.besides(member), embed })
}

const foundAnew = (store: () => SemanticStore): SemanticStore => ({
  put: (items, options) => store().put(items, options),
  search: (query, options) => store().search(query, options),
  remove: (ids, options) => store().remove(ids, options),
})

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
