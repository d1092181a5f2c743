/** Cycles in a graph: where there are any (Tarjan's components), and a shortest one as a witness. */

/** From one node to another, for a reason. */
export interface Edge<R> {
  readonly to: number
  readonly why: R
}

/** By node: what leads out of it. Those from `counted` on stand for no step of their own: they only join others. */
export interface Graph<R> {
  readonly edges: readonly (readonly Edge<R>[])[]
  readonly counted: number
}

/** From each node to the next, the last back to the first. `why`: what the first and the last edge between the two are for. */
export type Cycle<R> = readonly { readonly node: number; readonly why: readonly [R, R] }[]

/** So many nodes of a component are tried as the start of a cycle: in a large one the witness may not be the very shortest. */
const mostStarts = 64

/** A cycle of as few nodes that count as there are; undefined where all can be put in a row. Linear but for the constant above. */
export function shortestCycle<R>(graph: Graph<R>): Cycle<R> | undefined {
  const component = componentsOf(graph)
  const sizes = new Map<number, number>()
  for (let node = 0; node < graph.counted; node++) sizes.set(component[node]!, (sizes.get(component[node]!) ?? 0) + 1)
  const tried = new Map<number, number>()
  let best: Cycle<R> | undefined
  for (let start = 0; start < graph.counted && best?.length !== 2; start++) {
    const own = component[start]!
    const tries = tried.get(own) ?? 0
    if (sizes.get(own)! < 2 || tries === mostStarts) continue
    tried.set(own, tries + 1)
    const cycle = cycleFrom(graph, start, component)
    if (cycle && (!best || cycle.length < best.length)) best = cycle
  }
  return best
}

/** The number of the component of each node. Without recursion: a history may be one long chain. */
function componentsOf<R>({ edges }: Graph<R>): Int32Array {
  const index = new Int32Array(edges.length).fill(-1)
  const low = new Int32Array(edges.length)
  const component = new Int32Array(edges.length).fill(-1)
  const next = new Int32Array(edges.length)
  const open: number[] = []
  let count = 0
  for (let root = 0; root < edges.length; root++) {
    if (index[root] !== -1) continue
    const path = [root]
    while (path.length > 0) {
      const node = path.at(-1)!
      if (index[node] === -1) {
        index[node] = low[node] = count++
        open.push(node)
      }
      const edge = edges[node]![next[node]!++]
      if (edge) {
        if (index[edge.to] === -1) path.push(edge.to)
        else if (component[edge.to] === -1) low[node] = Math.min(low[node]!, index[edge.to]!)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!)
      if (low[node] !== index[node]) continue
      for (const one of open.splice(open.lastIndexOf(node))) component[one] = node
    }
  }
  return component
}

interface Step<R> {
  readonly node: number
  readonly why: R
  readonly before: Step<R> | undefined
  /** Whether it, or a node before it, counts. */
  readonly hasLeft: boolean
}

/**
 * The fewest counted nodes from `start` back to it, by way of another one. Each node is visited twice at most: before another counted
 * node was met, and after.
 */
function cycleFrom<R>({ edges, counted }: Graph<R>, start: number, component: Int32Array): Cycle<R> | undefined {
  const seen = [new Set<number>(), new Set<number>()] as const
  let near: { readonly at: number; readonly step: Step<R> | undefined }[] = [{ at: start, step: undefined }]
  while (near.length > 0) {
    const far: typeof near = []
    for (let place = 0; place < near.length; place++) {
      const { at, step } = near[place]!
      for (const { to, why } of edges[at]!) {
        if (component[to] !== component[start]) continue
        const next: Step<R> = { node: to, why, before: step, hasLeft: to < counted || step?.hasLeft === true }
        if (to === start && step?.hasLeft) return told(start, next, counted)
        const known = seen[next.hasLeft ? 1 : 0]
        if (to === start || known.has(to)) continue
        known.add(to)
        ;(to < counted ? far : near).push({ at: to, step: next })
      }
    }
    near = far
  }
  return undefined
}

function told<R>(start: number, last: Step<R>, counted: number): Cycle<R> {
  const steps: Step<R>[] = []
  for (let step: Step<R> | undefined = last; step; step = step.before) steps.unshift(step)
  const cycle: { node: number; why: [R, R] }[] = []
  let from = start
  let first: R | undefined
  for (const { node, why } of steps) {
    first ??= why
    if (node >= counted) continue
    cycle.push({ node: from, why: [first, why] })
    from = node
    first = undefined
  }
  return cycle
}
