/** The memory that outlives a session, in a world: somebody else may have written to it, or others of the team share it. */

import type { LogEvent } from '../../core/event.js'
import type { FoundItem, MemoryItem, SemanticStore } from '../../core/memory.js'
import type { Embed, Vector } from '../../core/vector.js'
import { memoryPoison } from '../fault/context.js'
import { sharedMemory } from '../fault/subagent/shared-memory.js'
import { injectedText } from '../injected-text.js'
import { offeredIn } from '../offered-tools.js'
import type { Setting } from '../setting.js'
import { strikePart } from '../struck-part.js'

/** What the agents of a team have learnt, each in its own session. */
export interface TeamMemory {
  readonly see: (member: string, event: LogEvent) => void
  /** What all but this one have. */
  readonly besides: (member: string) => readonly MemoryItem[]
}

export function teamMemory(): TeamMemory {
  const learnt = new Map<string, MemoryItem[]>()
  return {
    see: (member, event) => {
      if (event.type === 'memory-written') learnt.set(member, [...(learnt.get(member) ?? []), ...event.items])
    },
    besides: (member) => [...learnt].flatMap(([other, items]) => (other === member ? [] : items)),
  }
}

const alone = [memoryPoison]
const inTeam = [memoryPoison, sharedMemory]

/** What the rest of the team remembers at the moment, and how the agent whose memory it is measures texts. */
export interface Others {
  readonly items: readonly MemoryItem[]
  readonly embed: Embed
}

const nobody: Others = { items: [], embed: () => [] }

export function memoryIn(setting: Setting, store: SemanticStore, others: Others = nobody): SemanticStore {
  return {
    put: (items, options) => store.put(items, options),
    remove: (ids, options) => store.remove(ids, options),
    search: async (query, options) => {
      const blow = strikePart(setting, others.items.length > 0 ? inTeam : alone, 'memory.search')
      const found = await store.search(query, options)
      if (!blow) return found
      const { world } = setting
      const strange =
        blow.fault === sharedMemory.name
          ? await strangers(others, blow.pick('scope'), found, world.now)
          : [poison(injectedText(offeredIn(world), blow.pick), query.vector)]
      if (strange.length > 0) blow.note.landed()
      const last = found.reduce((most, { version }) => Math.max(most, version), 0)
      const newest = strange.map((item, index) => ({ ...item, version: last + 1 + index }))
      return [...newest, ...found].slice(0, query.limit)
    },
  }
}

type Unnumbered = Omit<FoundItem, 'version'>

/** As near to what was asked as can be, and the newest of all. */
const poison = (text: string, vector: Vector): Unnumbered => ({
  ...{ id: 'elsewhere/m1', text, vector, importance: 1, trust: 'untrusted', ageMs: 0 },
})

/** What the store would not have found by itself. */
async function strangers(
  { items, embed }: Others,
  scope: string,
  found: readonly FoundItem[],
  now: number,
): Promise<readonly Unnumbered[]> {
  const strange = items.filter(({ id, tier }) => tier === scope && !found.some((one) => one.id === id))
  return Promise.all(
    strange.map(async ({ id, text, importance, trust, at }) => ({
      ...{ id, text, importance, trust, vector: await embed(text), ageMs: Math.max(0, now - at) },
    })),
  )
}
