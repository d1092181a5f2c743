/** The same decisions make the same trial: the property everything else stands on. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mix32 } from '../../../src/core/digest.js'
import { type Source, simplest } from '../../../src/kernel/source.js'
import type { World } from '../../../src/kernel/world.js'
import { bareWorld, run } from './bare-world.js'

/** Chooses by a mix of key and label; no state. */
const keyed = (key: number): Source => ({
  pick: (_label, hash, _kind, alternatives) => mix32(key ^ hash) % alternatives.length,
  below: (_label, hash, bound) => mix32(key ^ hash) % bound,
})

/** Chooses what a tape says, and the simplest where it says nothing. */
function replaying(world: World): Source {
  const decided = new Map(world.tape.decisions.map(({ label, alternative }) => [label, alternative]))
  return {
    pick: (label, _hash, _kind, alternatives) => Math.max(0, alternatives.indexOf(decided.get(label) ?? '')),
    below: (label) => Number(decided.get(label) ?? 0),
  }
}

/** A small busy world: lanes that ask, wait and go on, each answer an event. */
async function busy(source: Source, epochMs = 1): Promise<World> {
  const world = bareWorld({ source, epochMs, keepSites: true })
  const lane = (name: string, left: number): void => {
    if (left === 0) return
    const site = `ask/${name}`
    const delayMs = [100, 200, 800][world.tape.pick(site, 'time', ['nominal', 'x2', 'x8'])] as number
    const extra = world.tape.below(`${site}/data`, 50)
    world.complete(site, delayMs + extra, () => {
      world.emit('console', { stream: 'log', text: `${name} ${left} ${extra}` }, name)
      lane(name, left - 1)
    })
  }
  await run(world, () => {
    for (const name of ['a', 'b', 'c']) lane(name, 4)
    world.timer(450, () => world.emit('storm-end', {}, 'world'))
    world.rootSettled()
  })
  return world
}

test('a trial run twice has the same history and the same fingerprint, whatever the epoch', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (key) => {
      const [one, other] = [await busy(keyed(key)), await busy(keyed(key), 77_000)]
      expect(other.events).toEqual(one.events)
      expect(other.fingerprint.text).toBe(one.fingerprint.text)
    }),
    { numRuns: 30 },
  )
})

test('the decisions of a trial alone make it again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (key) => {
      const first = await busy(keyed(key))
      const again = await busy(replaying(first))
      expect(again.tape.decisions).toEqual(first.tape.decisions)
      expect(again.events).toEqual(first.events)
      expect(again.fingerprint.text).toBe(first.fingerprint.text)
    }),
    { numRuns: 30 },
  )
})

test('holds change the order of answers and nothing of what is answered', async () => {
  const texts = (world: World): string[] =>
    world.events.flatMap((event) => (event.type === 'console' ? [event.text] : []))
  const unheld = texts(await busy(simplest))
  const held = texts(await busy({ pick: (label) => (label === 'ask/a@hold' ? 1 : 0), below: () => 0 }))
  expect(unheld.slice(0, 3)).toEqual(['a 4 0', 'b 4 0', 'c 4 0'])
  expect(held.slice(0, 3)).toEqual(['b 4 0', 'a 4 0', 'c 4 0'])
  expect([...held].sort()).toEqual([...unheld].sort())
})
