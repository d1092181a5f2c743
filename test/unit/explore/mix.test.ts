import { describe, expect, it } from 'vitest'
import { hash32 } from '../../../src/core/digest.js'
import { presetOf } from '../../../src/explore/preset.js'
import { randomSource } from '../../../src/explore/random-source.js'
import { serviceFaults } from '../../../src/sim/fault/tool.js'

const outcomes = ['ok', ...serviceFaults.map(({ name }) => name), 'process/crash-after-effect']
const times = ['nominal', 'x2', 'x8', 'x64', 'never']
const calls = 40_000

/** Of 1,000 calls of a tool, how many end how, and how many of the rest are slow. */
function shares(name: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  const source = randomSource(7, presetOf(name))
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1000 / calls
  }
  for (let call = 0; call < calls; call++) {
    const site = `shop.find#t${call}.c0/a1`
    const outcome = outcomes[source.pick(site, hash32(site), 'outcome', outcomes)] as string
    if (outcome !== 'ok') count(outcome)
    else if (source.pick(`${site}@time`, hash32(`${site}@time`), 'time', times) > 0) count('slow')
  }
  return counts
}

/** By weight of the source, a failure of 1,000 calls. */
const published = {
  'rb-0.1': { 'tool/timeout-before-effect': 30, slow: 22.5, 'tool/empty-result': 22.5 },
  'rb-0.2': {
    ...{ 'tool/timeout-before-effect': 43.75, 'tool/rate-limited': 43.75, 'tool/partial-result': 35 },
    ...{ 'tool/schema-drift': 26.25, 'tool/stale-data': 26.25 },
  },
  'rb-0.3': {
    ...{ 'tool/timeout-before-effect': 41.25, 'tool/partial-result': 41.25, 'tool/schema-drift': 55 },
    ...{ 'transport/reset': 41.25, 'tool/rate-limited': 41.25, 'tool/cascade': 55 },
  },
  hal: {
    ...{ 'tool/timeout-before-effect': 150, 'tool/error': 125, 'tool/rate-limited': 100, 'transport/reset': 75 },
    ...{ 'tool/partial-result': 25, 'tool/garbage-result': 15, 'tool/empty-result': 10 },
  },
}

/** Four standard deviations of a share of 40,000 calls. */
const near = (perMille: number): number => 4 * Math.sqrt((perMille * (1000 - perMille)) / calls)

describe.each(Object.entries(published))('the mix %s', (name, expected: Readonly<Record<string, number>>) => {
  it('has the kinds and the weights of its source, and no others', () => {
    const seen = shares(name)
    expect(Object.keys(seen).sort()).toEqual(Object.keys(expected).sort())
    for (const [kind, perMille] of Object.entries(expected))
      expect(Math.abs((seen[kind] ?? 0) - perMille), `${kind} ${seen[kind]}`).toBeLessThan(near(perMille))
  })

  it('leaves model and store alone', () => {
    const source = randomSource(7, presetOf(name))
    for (let turn = 0; turn < 2_000; turn++)
      for (const site of [`model/t${turn}/a1`, `store/append/t${turn}/try-1`]) {
        expect(source.pick(site, hash32(site), 'outcome', outcomes)).toBe(0)
        expect(source.pick(`${site}@time`, hash32(`${site}@time`), 'time', times)).toBe(0)
      }
  })
})

it('with a plus, what is lost is lost after its effect as often as before', () => {
  const seen = shares('hal+')
  const [before = 0, after = 0] = [seen['tool/timeout-before-effect'], seen['tool/timeout-after-effect']]
  expect(Math.abs(before - 75)).toBeLessThan(near(75))
  expect(Math.abs(after - 75)).toBeLessThan(near(75))
})

it.each([
  ['rb-0.2', 'hard', ['no', 'yes'], 'no'],
  ['rb-0.3', 'hard', ['no', 'yes'], 'yes'],
  ['hal', 'kind', ['transient', 'permanent'], 'transient'],
  ['hal', 'kind', ['is-error', 'html', 'non-json'], 'non-json'],
  ['hal', 'at', ['before-send', 'after-send', 'mid-body'], 'before-send'],
])('in %s the detail %s of %j is %s', (name, parameter, values, expected) => {
  const source = randomSource(7, presetOf(name))
  for (let call = 0; call < 50; call++) {
    const site = `shop.find#t${call}.c0/a1@${parameter}`
    expect(values[source.pick(site, hash32(site), 'parameter', values)]).toBe(expected)
  }
})
