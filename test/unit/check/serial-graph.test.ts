import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serialGraph } from '../../../src/check/serial-graph.js'
import type { Touch, Unit } from '../../../src/check/serial-unit.js'
import { shortestCycle } from '../../../src/check/shortest-cycle.js'

/** One thing that a call did, in the order in which it happened. */
interface Done {
  readonly call: number
  readonly resource: string
  readonly does: Touch['does']
}

const calls = ['t1.c0', 't1.c1', 't1.c2', 't2.c0', 't2.c1', 't2.c2'] as const
const turnOf = (call: number): string => calls[call]!.slice(0, 2)

/** What a service that counts its writes makes of it. */
function unitsOf(story: readonly Done[]): readonly Unit[] {
  const versions = new Map<string, number>()
  const touches: Touch[][] = calls.map(() => [])
  for (const [seq, { call, resource, does }] of story.entries()) {
    const version = (versions.get(resource) ?? 0) + (does === 'reads' ? 0 : 1)
    versions.set(resource, version)
    touches[call]!.push({ resource, version, does, seq })
  }
  return calls.map((call, index) => {
    return { run: 1, call, tool: 'sell', touches: touches[index]!, acted: undefined, late: undefined }
  })
}

/** The calls that must come before others, pair by pair: as anybody would write it down who has all the time in the world. */
function pairsOf(story: readonly Done[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = []
  for (const [place, one] of story.entries())
    for (const other of story.slice(place + 1)) {
      const isConflict = one.does === 'writes' || other.does === 'writes' || one.does !== other.does
      if (one.resource === other.resource && one.call !== other.call && isConflict) pairs.push([one.call, other.call])
    }
  for (const one of calls.keys())
    for (const other of calls.keys()) if (turnOf(one) < turnOf(other)) pairs.push([one, other])
  return pairs
}

function* permutations(rest: readonly number[]): Generator<readonly number[]> {
  if (rest.length === 0) yield []
  for (const first of rest)
    for (const others of permutations(rest.filter((one) => one !== first))) yield [first, ...others]
}

const isSerial = (story: readonly Done[]): boolean => {
  const pairs = pairsOf(story)
  for (const row of permutations([...calls.keys()]))
    if (pairs.every(([one, other]) => row.indexOf(one) < row.indexOf(other))) return true
  return false
}

const aStory = fc.array(
  fc.record({
    call: fc.nat(calls.length - 1),
    resource: fc.constantFrom('A', 'B', 'C'),
    does: fc.constantFrom('reads', 'writes', 'adds') as fc.Arbitrary<Touch['does']>,
  }),
  { maxLength: 12 },
)
/** Six calls at random hardly ever have an order: these do not go through each other but for one or two things. */
const aNearlySerialStory = fc
  .tuple(aStory, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 2 }))
  .map(([story, swaps]) => {
    const row = [...story].sort((one, other) => one.call - other.call)
    for (const [from, to] of swaps) {
      const [one] = row.splice(from, 1)
      if (one) row.splice(to, 0, one)
    }
    return row
  })

describe('the search for an order of calls', () => {
  it.each([
    ['stories at random', aStory],
    ['stories that are nearly one call after another', aNearlySerialStory],
  ])('finds none exactly where no permutation is one: %s', (_name, stories) => {
    let [serial, other] = [0, 0]
    fc.assert(
      fc.property(stories, (story) => {
        const cycle = shortestCycle(serialGraph(unitsOf(story), []))
        expect(cycle === undefined).toBe(isSerial(story))
        if (cycle) other++
        else serial++
      }),
      { numRuns: 400, seed: 5 },
    )
    expect(Math.min(serial, other)).toBeGreaterThan(20)
  })

  it('shows a circle in which each call must come before the next', () => {
    fc.assert(
      fc.property(aStory, (story) => {
        const cycle = shortestCycle(serialGraph(unitsOf(story), []))
        const pairs = new Set(pairsOf(story).map(String))
        const nodes = cycle?.map(({ node }) => node) ?? []
        expect(new Set(nodes).size).toBe(nodes.length)
        for (const [place, node] of nodes.entries())
          expect(pairs).toContain(String([node, nodes[(place + 1) % nodes.length]]))
      }),
      { numRuns: 400, seed: 6 },
    )
  })

  it('draws as many edges as there is to read, for a history of any length', () => {
    const does = ['reads', 'adds', 'reads', 'reads', 'writes', 'adds', 'adds'] as const
    const units = Array.from({ length: 20_000 }, (_, index): Unit => {
      const touch = { resource: `R${index % 3}`, version: index, does: does[index % 7]!, seq: index }
      return { run: 1, call: `t${index}.c0`, tool: 'sell', touches: [touch], acted: undefined, late: undefined }
    })
    const graph = serialGraph(units, [])
    expect(graph.edges.flat().length).toBeLessThan(8 * units.length)
    expect(shortestCycle(graph)).toBeUndefined()
  })
})
