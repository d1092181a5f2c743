/** How often each resource of a service was written to: a read is told one of these versions, and a write makes the next. */

import type { Touched } from '../core/world-event.js'

export interface Versions {
  /** The next version of each; `writes`: how often the service was written to, this one included. */
  wrote(resources: readonly string[], writes: number): readonly Touched[]
  /** What a read was told that has heard of so many writes of the service. */
  asOf(resources: readonly string[], writes: number): readonly Touched[]
}

/** Writes of others count for nothing here: nobody's order is to be explained by them. */
export function versionsOf(): Versions {
  const writtenAt = new Map<string, number[]>()
  return {
    wrote: (resources, writes) =>
      resources.map((resource) => {
        const at = writtenAt.get(resource) ?? []
        writtenAt.set(resource, at)
        return { resource, version: at.push(writes) }
      }),
    asOf: (resources, writes) =>
      resources.map((resource) => {
        const at = writtenAt.get(resource) ?? []
        const version = at.findLastIndex((one) => one <= writes) + 1
        return { resource, version, ...(version < at.length ? { isStale: true } : {}) }
      }),
  }
}
