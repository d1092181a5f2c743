import { describe, expect, it } from 'vitest'
import { firstDifference } from '../../../src/explore/double-run.js'
import { lateSingles, singles } from '../../../src/explore/exhaustive.js'
import type { Job } from '../../../src/explore/hands.js'
import { inProcess } from '../../../src/explore/in-process.js'
import { callOf, lowered } from '../../../src/explore/label.js'
import { presetOf } from '../../../src/explore/preset.js'
import { renumberings } from '../../../src/explore/renumber.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { shrink } from '../../../src/explore/shrink.js'
import { signatureOf } from '../../../src/explore/signature.js'
import { calmJob, jobOfSeedRepro, openSource, seedRepro, stormJob } from '../../../src/explore/source-spec.js'
import { strategyNames } from '../../../src/explore/strategies.js'
import { shopper, shopperLore, toyTrials } from './toy.js'

describe('presets', () => {
  it('a name that is none is refused', () => {
    expect(() => presetOf('mild')).toThrow('there is no preset "mild"')
    expect(() => presetOf('toString')).toThrow('there is no preset')
  })

  it('the tables hold whole numbers only', () => {
    for (const name of ['none', 'light', 'stormy', 'hostile']) {
      const { outcomes, times, rate, holdRate } = presetOf(name)
      const numbers = [...Object.values(outcomes), ...Object.values(times), rate, holdRate]
      expect(numbers.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true)
    }
  })
})

describe('a replay', () => {
  it('lists overrides whose site was never met or does not offer the alternative', () => {
    const source = replaySource([
      ['a', 'bad'],
      ['b', 'bad'],
      ['c', '7'],
      ['d', '9'],
      ['e', 'ok'],
    ])
    expect(source.pick('a', 0, 'outcome', ['ok', 'bad'])).toBe(1)
    expect(source.pick('b', 0, 'outcome', ['ok', 'other'])).toBe(0)
    expect(source.below('c', 0, 10)).toBe(7)
    expect(source.below('d', 0, 9)).toBe(0)
    expect(source.pick('e', 0, 'outcome', ['ok', 'bad'])).toBe(0)
    expect(source.pick('f', 0, 'outcome', ['ok', 'bad'])).toBe(0)
    expect(source.unconsumed().map(([label]) => label)).toEqual(['b', 'd'])
  })

  it.each(strategyNames)('a short token names a storm of %s', (name) => {
    const job = stormJob('any', presetOf('stormy'), 7, name)
    const repro = seedRepro('shop', job)
    expect(repro?.source).toBe(`${name}/stormy/7`)
    expect(repro && jobOfSeedRepro(repro)).toEqual({ ...job, origin: 'replay' })
  })

  it('a short token names the storm it was made from', () => {
    const job = stormJob('any text', presetOf('stormy'), 4)
    expect(job.source.kind).toBe('swarm')
    const repro = seedRepro('shop', job)
    expect(repro && jobOfSeedRepro(repro)).toEqual({ ...job, origin: 'replay' })
    const picks = (from: Job) =>
      Array.from({ length: 50 }, (_, n) => openSource('shop', from).pick(`x${n}`, n * 7919, 'data', ['a', 'b', 'c']))
    expect(repro && picks(jobOfSeedRepro(repro))).toEqual(picks(job))
    expect(() => jobOfSeedRepro({ scenario: 'shop', seed: '1', source: 'pxt/stormy/1' })).toThrow(
      'names the source "pxt/stormy/1"',
    )
  })
})

describe('exhaustive search', () => {
  const site = (
    label: string,
    kind: 'outcome' | 'time' | 'hold' | 'data' | 'parameter',
    ...alternatives: string[]
  ) => ({
    label,
    kind,
    alternatives,
    seq: 0,
  })
  const decisionsOf = (jobs: readonly Job[]) =>
    jobs.map(({ source }) => (source.kind === 'replay' ? source.decisions.map((pair) => pair.join('=')).join(' ') : ''))

  it('takes every alternative but the first, outcomes first, two holds, no data', () => {
    const jobs = singles([
      site('p@hold', 'hold', '0', '1', '2', '3', '4'),
      site('p@time', 'time', 'nominal', 'x2'),
      site('p', 'outcome', 'ok', 'bad', 'worse'),
      site('d', 'data', 'a', 'b'),
    ])
    expect(decisionsOf(jobs)).toEqual(['p=bad', 'p=worse', 'p@time=x2', 'p@hold=1', 'p@hold=2'])
    expect(decisionsOf(singles([site('p', 'outcome', 'ok', 'bad', 'worse')], { bound: 1 }))).toEqual(['p=bad'])
  })

  it('extends a single by the details that exist only after it, one at a time', async () => {
    const hands = inProcess([{ name: 'shop' }], toyTrials({ shop: shopper({ calls: 1, keyed: true }) }), shopperLore)
    const calm = await hands.calm('shop')
    const jobs = singles(calm.visited ?? []).filter(({ keepSites }) => keepSites)
    const reports = await hands.trials('shop', jobs)
    const late = lateSingles(
      jobs.map((job, index) => [job, reports[index]!] as const),
      calm.visited ?? [],
    )
    expect(decisionsOf(late)).toEqual([
      'shop.charge#t1.c0/a1=tool/error shop.charge#t1.c0/a1@status=500',
      'shop.charge#t1.c0/a1=tool/error shop.charge#t1.c0/a1@status=429',
    ])
  })
})

describe('labels', () => {
  it.each([
    ['payments.charge#t1.c0/a2@time~1', 't1.c0'],
    ['payments.charge#t1.c0.undo/a1.2', 't1.c0.undo'],
    ['store/attempt-end/t3.c1/a2/try-1', 't3.c1'],
    ['model/t2/a1@status', 't2'],
    ['shop.refund#run.3fa2/a1', 'run.3fa2'],
    ['storm-end', 'storm-end'],
  ])('%s belongs to %s', (label, call) => expect(callOf(label)).toBe(call))

  it('one ordinal goes down by one, and never below its first', () => {
    expect(lowered('p.c#t1.c0/a3@time', 'attempt')).toBe('p.c#t1.c0/a2@time')
    expect(lowered('p.c#t1.c0/a1', 'attempt')).toBeUndefined()
    expect(lowered('store/x/t1.c0/a1/try-2', 'try')).toBe('store/x/t1.c0/a1/try-1')
    expect(lowered('p.c#t1.c0/a1~2', 'met')).toBe('p.c#t1.c0/a1~1')
    expect(lowered('p.c#t1.c0/a1~1', 'met')).toBe('p.c#t1.c0/a1')
    expect(lowered('p.c#t1.c0/a1', 'met')).toBeUndefined()
    expect(lowered('p.c#t12.c0/a1', 'turn')).toBe('p.c#t11.c0/a1')
  })

  it('renumbering drops a fault and moves the attempts after it down, of that call alone', () => {
    const moved = [
      ...renumberings([
        ['p.c#t1.c0/a1', 'tool/error'],
        ['p.c#t1.c0/a2', 'tool/timeout-after-effect'],
        ['p.c#t1.c1/a2', 'tool/error'],
      ]),
    ]
    expect(moved).toContainEqual([
      ['p.c#t1.c0/a1', 'tool/timeout-after-effect'],
      ['p.c#t1.c1/a2', 'tool/error'],
    ])
    expect(moved).toHaveLength(1)
  })
})

it('shrinking needs renumbering when a retry exists only because of a fault that does not matter', async () => {
  const run = toyTrials({
    shop: (toy) => {
      for (let attempt = 1; attempt <= 3; attempt++) {
        const outcome = toy.pick(`p.c#t1.c0/a${attempt}`, 'outcome', 'ok', 'tool/error', 'tool/lost')
        if (outcome === 'tool/lost') toy.broken('promise')
        if (outcome === 'ok') break
      }
    },
  })
  const report = await shrink(
    [
      ['p.c#t1.c0/a1', 'tool/error'],
      ['p.c#t1.c0/a2', 'tool/error'],
      ['p.c#t1.c0/a3', 'tool/lost'],
    ],
    { invariant: 'promise', clause: 'a' },
    async (decisions, keepSites) => {
      const result = await run({ name: 'shop' }, { source: replaySource(decisions), keepSites })
      return { ...result, events: result.events.length }
    },
  )
  expect(report.decisions).toEqual([['p.c#t1.c0/a1', 'tool/lost']])
})

it('shrinking reports decisions that do not break the promise again', async () => {
  const report = await shrink([['a', 'b']], { invariant: 'promise', clause: 'a' }, async () => ({
    violations: [],
    decisions: [],
    visited: undefined,
    events: 3,
  }))
  expect(report).toMatchObject({ reproduced: false, runs: 1, decisions: [['a', 'b']] })
})

it('a signature knows alternatives and details, not calls, attempts or amounts', () => {
  const violation = { invariant: 'once', clause: 'a', because: 'x', witness: [], seq: 0, tool: 'refund' }
  const signature = signatureOf(violation, [
    ['shop.refund#t2.c0/a1', 'tool/timeout-after-effect'],
    ['shop.refund#t3.c1/a2', 'tool/timeout-after-effect'],
    ['model/t3@reaction', 'again'],
    ['model/t3/a1@status', '429'],
    ['x@hold', '3'],
    ['shop.state/cents', '17'],
  ])
  expect(signature).toBe('once(a) refund: again + held + shop.state/cents + status + tool/timeout-after-effect')
})

it('the first event that differs is shown with both sides', () => {
  const first = { fingerprint: '1', events: ['a', 'b'], lanes: ['run', 'x'], secrets: [] }
  expect(firstDifference(first, { ...first, events: ['a', 'c'] }, '1')).toMatchObject({
    seq: 1,
    first: 'b',
    second: 'c',
    where: 'x',
  })
  expect(firstDifference(first, { ...first, events: ['a'] }, '1')).toMatchObject({
    seq: 1,
    second: 'the history had ended',
  })
  expect(firstDifference(first, first, '1')).toBeUndefined()
})

it('the calm job is a replay of nothing', async () => {
  const hands = inProcess([{ name: 'shop' }], toyTrials({ shop: shopper() }), shopperLore)
  const [report] = await hands.trials('shop', [calmJob])
  expect(report?.record.fingerprint).toBe((await hands.calm('shop')).record.fingerprint)
  await expect(hands.calm('other')).rejects.toThrow('there is no scenario "other"')
})
