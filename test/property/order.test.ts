/** Sources that choose the order of answers: what they find, and that holds alone come to the same order. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delayOrder } from '../../src/explore/delay.js'
import { pctOrder } from '../../src/explore/pct.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { walkOrder } from '../../src/explore/walk.js'
import { stormKey } from '../../src/kernel/key.js'
import { type Source, simplest } from '../../src/kernel/source.js'
import type { Decision } from '../../src/kernel/tape.js'
import { bareWorld, run } from '../unit/kernel/bare-world.js'

interface Step {
  readonly lane: number
  readonly delay: number
  /** Undefined: it is there from the beginning. */
  readonly parent: number | undefined
  readonly isTimer: boolean
}

interface Lived {
  readonly order: readonly string[]
  readonly decisions: readonly Decision[]
}

/** Each step is added when its parent came. */
async function live(steps: readonly Step[], source: Source, calmAt?: number): Promise<Lived> {
  const world = bareWorld({ source })
  const order: string[] = []
  const parents = steps.map(({ parent }, index) => (parent === undefined || index === 0 ? undefined : parent % index))
  const add = (parent: number | undefined): void =>
    steps.forEach(({ lane, delay, isTimer }, index) => {
      if (parents[index] !== parent) return
      const come = (): void => {
        order.push(`${index} at ${world.now}`)
        if (order.length === calmAt) world.tape.calm = true
        add(index)
      }
      if (isTimer) world.timer(delay, come)
      else world.complete(`shop.step#t1.c${lane}/a${index + 1}`, delay, come)
    })
  await run(world, () => {
    add(undefined)
    world.rootSettled()
  })
  return { order, decisions: world.tape.decisions }
}

const plans: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    lane: fc.nat(4),
    delay: fc.integer({ min: 1, max: 20 }),
    parent: fc.option(fc.nat(40), { nil: undefined, freq: 2 }),
    isTimer: fc.nat(9).map((die) => die === 0),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
)
const orders: Readonly<Record<string, (key: number) => Required<Source>['next']>> = {
  pct: (key) => pctOrder(key, { depth: 3, steps: 30 }),
  walk: walkOrder,
  delay: (key) => delayOrder(key, { delays: 3, steps: 30 }),
}

describe.each(Object.entries(orders))('%s', (_name, orderOf) => {
  it('comes to the same order by the holds that its tape keeps', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer(), fc.option(fc.nat(40), { nil: undefined }), async (steps, key, calmAt) => {
        const storm = await live(steps, { ...simplest, next: orderOf(key) }, calmAt)
        expect(storm.order).toHaveLength(steps.length)
        const source = replaySource(storm.decisions.map(({ label, alternative }) => [label, alternative]))
        const replay = await live(steps, source, calmAt)
        expect(replay.order).toEqual(storm.order)
        expect(replay.decisions).toEqual(storm.decisions)
        expect(source.unconsumed()).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('is another order under another key, and the same under the same', async () => {
    const steps = Array.from({ length: 24 }, (_, index) => step(index % 4, index < 4 ? undefined : index - 4))
    const seen = new Set<string>()
    for (let key = 0; key < 40; key++) {
      const [one, other] = [await live(steps, ordered(key)), await live(steps, ordered(key))]
      expect(other).toEqual(one)
      seen.add(one.order.join())
    }
    expect(seen.size).toBeGreaterThan(5)
    function ordered(key: number): Source {
      return { ...simplest, next: orderOf(stormKey('keys', 'order', key)) }
    }
  })
})

it('a delay puts off what would have come next behind all that could come in its place', async () => {
  const steps = [step(0), step(1), step(2), step(3)]
  const delayed = new Set<string>()
  for (let key = 0; key < 60; key++) {
    const { order } = await live(steps, { ...simplest, next: delayOrder(key * 7919, { delays: 1, steps: 4 }) })
    delayed.add(order.map((text) => text[0]).join(''))
  }
  expect([...delayed].sort()).toEqual(['0123', '0132', '0231', '1230'])
})

/** Two lanes of eight answers each: of each lane the next is asked for when the last has come. */
const twoLanes = Array.from({ length: 16 }, (_, index) => step(index % 2, index < 2 ? undefined : index - 2))

/** An answer may be passed by seven: then it must come. */
const starvations: readonly { readonly depth: number; readonly isStarved: RegExp }[] = [
  { depth: 1, isStarved: /^B{7}AB/ },
  { depth: 2, isStarved: /^B{7}A{8}B/ },
]

describe.each(starvations)('a starvation of depth $depth among two lanes in 16 steps', ({ depth, isStarved }) => {
  const most = 1.5 * 2 * 16 ** (depth - 1)
  const trialsToFind = async (orderOf: (key: number) => Required<Source>['next'], seed: number, bound: number) => {
    for (let trial = 1; trial <= bound; trial++) {
      const { order } = await live(twoLanes, { ...simplest, next: orderOf(stormKey(`${seed}`, 'starving', trial)) })
      if (isStarved.test(order.map((text) => (Number.parseInt(text, 10) % 2 === 0 ? 'A' : 'B')).join(''))) return trial
    }
    return bound + 1
  }
  const medianOf = async (orderOf: (key: number) => Required<Source>['next'], bound: number) => {
    const found: number[] = []
    for (let seed = 1; seed <= 20; seed++) found.push(await trialsToFind(orderOf, seed, bound))
    return found.sort((one, other) => one - other)[10] as number
  }

  it('is found by priorities within the bound of the paper, and not by a walk fifty times as long', async () => {
    const pct = await medianOf((key) => pctOrder(key, { depth, steps: 16 }), 10 * most)
    const walk = await medianOf(walkOrder, 50 * pct)
    expect(pct).toBeLessThanOrEqual(most)
    expect(walk).toBeGreaterThan(50 * pct)
  }, 60_000)
})

function step(lane: number, parent?: number): Step {
  return { lane, delay: 10, parent, isTimer: false }
}
