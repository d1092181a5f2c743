/** Which of two units comes first, as far as anything says so: what they read and wrote, the run, what rests on what. */

import { orderRun } from './serial-order.js'
import { type BoundBatch, isUndo, sessionOf, type Touch, type Unit } from './serial-unit.js'
import type { Edge, Graph } from './shortest-cycle.js'

/** Why the one before comes first. */
export type Reason =
  /** Both touch a resource. Where others lie between the two, an edge knows of one end only. */
  | { readonly for: 'resource'; readonly earlier?: Touch; readonly later?: Touch }
  /** The run, or what a call depends on, has them in this order. */
  | { readonly for: 'run' }
  /** What the one writes rests on what its session had read before the other wrote. */
  | { readonly for: 'basis'; readonly read: Touch; readonly wrote: Touch }

/** What a graph is drawn with. */
export interface Pen {
  /** A node that stands for no unit: it only joins others. */
  join(): number
  link(from: number, to: number, why: Reason): void
}

export interface SerialGraph extends Graph<Reason> {
  /** Resources that several units touched, and one changed. */
  readonly shared: number
}

/** The first nodes are the units, in their order. As many edges as there are touches and calls, but for a small factor. */
export function serialGraph(units: readonly Unit[], batches: readonly BoundBatch[]): SerialGraph {
  const edges: Edge<Reason>[][] = units.map(() => [])
  const pen: Pen = {
    join: () => edges.push([]) - 1,
    link: (from, to, why) => {
      if (from !== to) edges[from]!.push({ to, why })
    },
  }
  let shared = 0
  for (const uses of usesOf(units).values()) {
    if (!isShared(uses)) continue
    shared++
    orderUses(uses, pen)
    linkBases(uses, units, pen)
  }
  orderRun(units, batches, pen)
  return { edges, counted: units.length, shared }
}

/** What a unit does to one resource. */
interface Use {
  readonly unit: number
  readonly touch: Touch
}

/** By resource. In the order of versions; a read comes after the write whose version it was told. */
function usesOf(units: readonly Unit[]): ReadonlyMap<string, readonly Use[]> {
  const all = new Map<string, Use[]>()
  for (const [unit, { touches }] of units.entries())
    for (const touch of touches) {
      const uses = all.get(touch.resource) ?? []
      uses.push({ unit, touch })
      all.set(touch.resource, uses)
    }
  for (const uses of all.values())
    uses.sort(({ touch: a }, { touch: b }) => a.version - b.version || rank(a) - rank(b) || a.seq - b.seq)
  return all
}

const rank = ({ does }: Touch): number => (does === 'reads' ? 1 : 0)

const isShared = (uses: readonly Use[]): boolean =>
  uses.some(({ unit }) => unit !== uses[0]!.unit) && uses.some(({ touch }) => touch.does !== 'reads')

/** What is all before, or all after: those that wait for a node to join them, and the node that joins those before. */
interface Joined {
  node: number | undefined
  waiting: Use[]
}

/**
 * Of two uses the first comes first, but two reads, or two that only add, are in no order. A write follows all since the write before
 * it; of what lies between two writes the reads are joined for the additions, and the additions for the reads.
 */
function orderUses(uses: readonly Use[], pen: Pen): void {
  let since: Use[] = []
  let reads: Joined = { node: undefined, waiting: [] }
  let adds: Joined = { node: undefined, waiting: [] }
  for (const use of uses) {
    if (use.touch.does === 'writes') {
      for (const one of since) direct(one, use, pen)
      since = [use]
      reads = { node: undefined, waiting: [] }
      adds = { node: undefined, waiting: [] }
      continue
    }
    const base = since[0]
    if (base?.touch.does === 'writes') direct(base, use, pen)
    const [own, others] = use.touch.does === 'reads' ? [reads, adds] : [adds, reads]
    followAll(use, others, pen)
    own.waiting.push(use)
    since.push(use)
  }
}

function direct(one: Use, other: Use, { link }: Pen): void {
  link(one.unit, other.unit, { for: 'resource', earlier: one.touch, later: other.touch })
}

function followAll(use: Use, joined: Joined, { join, link }: Pen): void {
  if (joined.waiting.length > 0) {
    const node = join()
    if (joined.node !== undefined) link(joined.node, node, { for: 'resource' })
    for (const { unit, touch } of joined.waiting) link(unit, node, { for: 'resource', earlier: touch })
    joined.node = node
    joined.waiting = []
  }
  if (joined.node !== undefined) link(joined.node, use.unit, { for: 'resource', later: use.touch })
}

/**
 * A subagent that writes what it had read rests on that, whatever else of it came between: where another one, beside it, wrote
 * meanwhile, it should have come before that one. What a session wrote last it knows; and what only adds rests on nothing.
 */
function linkBases(uses: readonly Use[], units: readonly Unit[], { link }: Pen): void {
  const inTime = [...uses].sort(({ touch: a }, { touch: b }) => a.seq - b.seq)
  const known = new Map<string, Use>()
  const writes: Use[] = []
  for (const use of inTime) {
    const unit = units[use.unit]!
    const session = `${unit.run} ${sessionOf(unit.call)}`
    const basis = known.get(session)
    known.set(session, use)
    if (use.touch.does === 'reads') continue
    writes.push(use)
    if (use.touch.does === 'adds' || basis?.touch.does !== 'reads' || isUndo(unit)) continue
    const between = wroteBetween(writes, basis.touch.version, use.touch.version, (one) => areBeside(units[one]!, unit))
    if (between) link(use.unit, between.unit, { for: 'basis', read: basis.touch, wrote: between.touch })
  }
}

/** The first of the writes that made a version between the two, by a unit of that kind. */
function wroteBetween(
  writes: readonly Use[],
  from: number,
  to: number,
  isWanted: (unit: number) => boolean,
): Use | undefined {
  let found: Use | undefined
  for (let place = writes.length - 1; place >= 0 && writes[place]!.touch.version > from; place--) {
    const one = writes[place]!
    if (one.touch.version < to && isWanted(one.unit)) found = one
  }
  return found
}

/** Two subagents that went on at the same time: the calls that began them are of one batch. */
export function areBeside(one: Unit, other: Unit): boolean {
  if (one.run !== other.run) return false
  const [ours, theirs] = [sessionOf(one.call).split('/'), sessionOf(other.call).split('/')]
  const apart = ours.findIndex((step, depth) => step !== theirs[depth])
  const [mine, their] = [ours[apart], theirs[apart]]
  return Boolean(mine && their) && turnIn(mine!) === turnIn(their!)
}

const turnIn = (step: string): string => step.slice(0, step.indexOf('.'))
