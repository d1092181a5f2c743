/** The order of a batch: what waits for what, from the dependencies and resources its intents declare. */

import type { Intent } from './event.js'

/** Two calls that touch one resource, of which at least one changes it. */
export function conflict(one: Intent, other: Intent): boolean {
  if (one.effect === 'read' && other.effect === 'read') return false
  return one.resources?.some((resource) => other.resources?.includes(resource)) ?? false
}

/** Call order, except that a call comes after those it depends on. Calls in a cycle are left out. */
export function serialOrder(intents: readonly Intent[]): readonly Intent[] {
  const inBatch = new Set(intents.map(({ call }) => call))
  const waiting = new Map(intents.map((intent) => [intent.call, intent]))
  const order: Intent[] = []
  const isReady = ({ dependsOn = [] }: Intent): boolean =>
    !dependsOn.some((path) => waiting.has(path) && inBatch.has(path))
  for (;;) {
    const next = intents.find((intent) => waiting.has(intent.call) && isReady(intent))
    if (!next) return order
    waiting.delete(next.call)
    order.push(next)
  }
}

/** The calls before this one in the serial order that it conflicts with: it starts when they have settled. */
export function conflictsBefore(order: readonly Intent[], intent: Intent): readonly Intent[] {
  if (!intent.resources?.length) return []
  const place = order.indexOf(intent)
  return order.slice(0, Math.max(0, place)).filter((earlier) => conflict(earlier, intent))
}

/** Whether the dependencies of a call lead back to it. */
export function dependsOnItself(intents: readonly Intent[], start: Intent): boolean {
  const byPath = new Map(intents.map((intent) => [intent.call, intent]))
  const seen = new Set<string>()
  const open = [...(start.dependsOn ?? [])]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === start.call) return true
    if (seen.has(path)) continue
    seen.add(path)
    open.push(...(byPath.get(path)?.dependsOn ?? []))
  }
  return false
}
