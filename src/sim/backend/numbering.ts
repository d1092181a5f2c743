/** Numbers within a name, from 1: an id made so never depends on the order in which strangers arrived. */

/** How often each name was met. A map: a name is often the model's text, and `constructor` is one like any other. */
export type Met = Map<string, number>

export function nextOf(met: Met, name: string): number {
  const number = (met.get(name) ?? 0) + 1
  met.set(name, number)
  return number
}
