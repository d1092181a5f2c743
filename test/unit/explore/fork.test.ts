/** A trial as it was up to a moment, and other ways on from there. */

import { describe, expect, test } from 'vitest'
import order from '../../../scenarios/order.scenario.js'
import { forkOf } from '../../../src/cli/fork.js'
import { decodeToken } from '../../../src/core/token.js'
import type { Job, Pair, TrialReport } from '../../../src/explore/hands.js'
import { localHands } from '../../../src/explore/local-hands.js'

const scenario = 'order'
const hands = localHands([order])
const decisions: readonly Pair[] = [['payment.charge#t1.c0/a1', 'tool/error']]
const replayed: Job = { origin: 'replay', index: 0, source: { kind: 'replay', decisions } }
const way = (index: number, until: string): Job => ({
  origin: 'replay',
  index,
  source: { kind: 'continued', decisions, until, seed: 'fork', preset: 'hostile' },
})

describe('ways on from a moment', () => {
  test('are the trial itself up to there, byte for byte, and differ after it', async () => {
    const whole = (await hands.bytes(scenario, replayed)).events
    const [report] = await hands.trials(scenario, [{ ...replayed, keepSites: 'all' }])
    expect(report?.unmet).toEqual([])
    const sites = report?.visited ?? []
    const { label, seq } = sites[Math.floor(sites.length / 2)] as (typeof sites)[number]
    const ends = new Set<string>()
    for (let index = 1; index <= 12; index++) {
      const { events } = await hands.bytes(scenario, way(index, label))
      expect(events.slice(0, seq)).toEqual(whole.slice(0, seq))
      ends.add(events.slice(seq).join('\n'))
    }
    expect(ends.size).toBeGreaterThan(6)
  })

  test('the same seed goes the same ways', async () => {
    const jobs = [way(1, decisions[0]?.[0] ?? ''), way(2, decisions[0]?.[0] ?? '')]
    const prints = async () => (await hands.trials(scenario, jobs)).map(({ record }) => record.fingerprint)
    expect(await prints()).toEqual(await prints())
  })
})

test('promises are counted by ways, with a token of the first way that breaks each', () => {
  const report = (invariants: readonly string[], label = 'x'): TrialReport =>
    ({
      record: { violations: invariants.map((invariant) => ({ invariant })) },
      decisions: [{ label, alternative: 'bad', kind: 'outcome', seq: 1 }],
      problems: [],
      unknown: false,
    }) as unknown as TrialReport
  const reports = [report([]), report(['b'], 'first'), report(['b', 'a'], 'second'), { ...report([]), unknown: true }]
  const { broken, ...counts } = forkOf('shop', { seq: 3, vt: 900 }, reports)
  expect(counts).toMatchObject({ ways: 4, kept: 1, unknown: 1 })
  expect(broken.map(({ invariant, ways }) => [invariant, ways])).toEqual([
    ['b', 2],
    ['a', 1],
  ])
  expect(broken.map(({ first }) => decodeToken(first))).toEqual([
    { scenario: 'shop', decisions: [['first', 'bad']] },
    { scenario: 'shop', decisions: [['second', 'bad']] },
  ])
})
