/** The memory that outlives a session, in a world: somebody else may have written to it. */

import type { FoundItem, SemanticStore } from '../../core/memory.js'
import { memoryPoison } from '../fault/context.js'
import { injectedText } from '../injected-text.js'
import { offeredIn } from '../offered-tools.js'
import type { Setting } from '../setting.js'
import { strikePart } from '../struck-part.js'

export function memoryIn(setting: Setting, store: SemanticStore): SemanticStore {
  return {
    put: (items, options) => store.put(items, options),
    remove: (ids, options) => store.remove(ids, options),
    search: async (query, options) => {
      const blow = strikePart(setting, [memoryPoison], 'memory.search')
      const found = await store.search(query, options)
      if (!blow) return found
      blow.note.landed()
      const text = injectedText(offeredIn(setting.world), blow.pick)
      return [poison(text, query.vector, found), ...found].slice(0, query.limit)
    },
  }
}

/** As near to what was asked as can be, and the newest of all. */
const poison = (text: string, vector: FoundItem['vector'], found: readonly FoundItem[]): FoundItem => ({
  ...{ id: 'elsewhere/m1', text, vector, importance: 1, trust: 'untrusted', ageMs: 0 },
  version: found.reduce((most, { version }) => Math.max(most, version), 0) + 1,
})
