/** A semantic store that lives as long as its process. */

import type { SemanticStore, StoredItem } from '../core/memory.js'
import { similarity } from '../core/vector.js'

export function semanticStore(): SemanticStore {
  const kept = new Map<string, StoredItem & { version: number; at: number }>()
  let version = 0
  return {
    async put(items, { now }) {
      for (const item of items) if (!kept.has(item.id)) kept.set(item.id, { ...item, version: ++version, at: now })
    },
    async search({ vector, limit }, { now }) {
      return [...kept.values()]
        .map((item) => ({ ...item, ageMs: Math.max(0, now - item.at), nearness: similarity(item.vector, vector) }))
        .sort((a, b) => b.nearness - a.nearness || a.version - b.version)
        .slice(0, limit)
    },
    async remove(ids) {
      for (const id of ids) kept.delete(id)
    },
  }
}
