import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hash32 } from '../../src/core/digest.js'
import { presetNames } from '../../src/core/preset.js'
import { presetOf } from '../../src/explore/preset.js'
import { isCrash, randomSource } from '../../src/explore/random-source.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { swarmOff, swarmSource } from '../../src/explore/swarm-source.js'
import { stormKey } from '../../src/kernel/key.js'
import { outcomeFaults } from '../../src/scenario/fault-names.js'
import { outcomes, shopper, toyTrials } from '../unit/explore/toy.js'

const presets = fc.constantFrom(...presetNames).map(presetOf)
const labels = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 })
const run = toyTrials({ shop: shopper({ calls: 5 }) })

it('a choice depends on key and label alone, whatever was chosen before', () => {
  fc.assert(
    fc.property(fc.integer(), labels, (key, names) => {
      // No caps, so no state: the same labels in another order give the same choices.
      const uncapped = { ...presetOf('hostile'), crashes: { most: 0, perMille: 0 } }
      const choose = (order: readonly string[]): readonly (readonly [string, number])[] => {
        const source = randomSource(key, uncapped)
        return order
          .map((name) => [name, source.pick(name, hash32(name), 'outcome', outcomes)] as const)
          .sort(([one], [other]) => (one < other ? -1 : 1))
      }
      expect(choose([...names].reverse())).toEqual(choose(names))
    }),
  )
})

it('faults stay within the cap, and crashes within what the preset grants', () => {
  fc.assert(
    fc.property(fc.integer(), presets, fc.boolean(), (key, preset, swarm) => {
      const source = swarm ? swarmSource(key, preset) : randomSource(key, preset)
      let [faults, crashes] = [0, 0]
      for (let site = 0; site < 300; site++) {
        const label = `shop.op#t1.c${site}/a1`
        const outcome = outcomes[source.pick(label, hash32(label), 'outcome', outcomes)] as string
        if (outcome !== 'ok') faults++
        if (isCrash(outcome)) crashes++
        const times = ['nominal', 'x2', 'after-deadline', 'never']
        const late = source.pick(`${label}@time`, hash32(`${label}@time`), 'time', times)
        if (late > 1) faults++
      }
      expect(faults).toBeLessThanOrEqual(preset.cap)
      expect(crashes).toBeLessThanOrEqual(preset.crashes.most)
    }),
  )
})

it('a swarm without a kind never chooses it, and keeps at least one', () => {
  fc.assert(
    fc.property(fc.integer(), (key) => {
      const preset = presetOf('hostile')
      const off = swarmOff(key)
      expect(outcomeFaults.some((kind) => !off(kind))).toBe(true)
      const source = swarmSource(key, preset)
      for (let site = 0; site < 100; site++) {
        const label = `shop.op#t1.c${site}/a1`
        const index = source.pick(label, hash32(label), 'outcome', outcomes)
        expect(index > 0 && off(outcomes[index] as string)).toBe(false)
      }
    }),
  )
})

it('seed-209: a replay of all decisions is the storm itself, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), presets, async (key, preset) => {
      const storm = await run({ name: 'shop' }, { source: randomSource(key, preset) })
      const source = replaySource(storm.decisions.map(({ label, alternative }) => [label, alternative]))
      const replay = await run({ name: 'shop' }, { source })
      expect(replay.decisions).toEqual(storm.decisions)
      expect(replay.events).toEqual(storm.events)
      expect(replay.fingerprint).toBe(storm.fingerprint)
      expect(source.unconsumed()).toEqual([])
    }),
  )
})

it('the key of a storm is a function of seed, scenario and number', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (seed, scenario, index) => {
      expect(stormKey(seed, scenario, index)).toBe(stormKey(seed, scenario, index))
      expect(stormKey(seed, scenario, index + 1)).not.toBe(stormKey(seed, scenario, index))
    }),
  )
})
