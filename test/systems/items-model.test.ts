/** The scripted model as an operation of the world: slow, priced, of moods, led by what it is shown, and now and then plausibly wrong. */

import { describe, expect, it } from 'vitest'
import { installShims } from '../../src/box/install.js'
import type { AnyEvent, EventOf, EventType } from '../../src/core/event.js'
import type { Pair } from '../../src/explore/hands.js'
import { presetOf } from '../../src/explore/preset.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { openSource, stormJob } from '../../src/explore/source-spec.js'
import type { Scenario } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'

installShims()
const { byzantine, owed } = await import('../scenarios/byzantine.js')
const { default: order } = await import('../../scenarios/order.scenario.js')

const of = <K extends EventType>(events: readonly AnyEvent[], type: K): readonly EventOf<K>[] =>
  events.filter((event): event is EventOf<K> & AnyEvent => event.type === type) as never

const trial = (scenario: Scenario, ...decisions: Pair[]) =>
  runTrial(scenario, { source: replaySource(decisions), keepSites: true, keepGoing: true })

const storm = (scenario: Scenario, preset: 'none' | 'light' | 'hostile', index: number) =>
  runTrial(scenario, {
    source: openSource(scenario.name, stormJob('model', presetOf(preset), index)),
    keepGoing: true,
    keepSites: true,
  })

/** What reached the runtime as a refund, refused or not. */
const amountsAsked = (events: readonly AnyEvent[]): readonly number[] =>
  of(events, 'batch-open').flatMap(({ calls }) =>
    calls.flatMap(({ tool, args }) =>
      tool === 'refund' && args !== undefined ? [(args as { cents: number }).cents] : [],
    ),
  )
const amountsPaid = (events: readonly AnyEvent[]): readonly number[] =>
  of(events, 'effect-applied').map(({ input }) => (input as { cents: number }).cents)

describe('seed-17: the model of a world', () => {
  it.each([
    ['nominal', 1_000],
    ['x2', 2_000],
    ['x8', 8_000],
    ['before-deadline', 59_999],
  ])('answers after its latency: %s, %d ms', async (time, ms) => {
    const { events } = await trial(order, ...(time === 'nominal' ? [] : [['model/t1/a1@time', time] as Pair]))
    const [asked] = of(events, 'prompt-received')
    const [answered] = of(events, 'model-answered')
    expect((answered?.vt ?? 0) - (asked?.vt ?? 0)).toBe(ms)
  })

  it('counts the tokens of what it is sent and says, more of them turn by turn', async () => {
    const { events } = await trial(order)
    const usage = of(events, 'model-call-end').map((event) => event.usage)
    expect(usage.map(({ inputTokens }) => inputTokens)).toEqual([100, 200, 300, 400])
    for (const { outputTokens } of usage) expect(outputTokens).toBeGreaterThan(1)
  })

  it('says other things in other storms, and the same in the same one', async () => {
    const scenario = byzantine(true)
    const said: string[] = []
    for (let index = 1; index <= 20; index++)
      said.push(amountsAsked((await storm(scenario, 'none', index)).events).join())
    expect(new Set(said).size).toBeGreaterThan(2)
    for (const index of [1, 7, 20])
      expect(amountsAsked((await storm(scenario, 'none', index)).events).join()).toBe(said[index - 1])
  })

  it('says what follows from what it was shown', async () => {
    const calm = await trial(byzantine(false))
    const misled = await trial(byzantine(false), ['till.price#t1.c0/a1', 'till/wrong-price'])
    expect(amountsAsked(calm.events)).toEqual([owed])
    expect(amountsAsked(misled.events)).not.toEqual([owed])
  })
})

describe('seed-42: what a model makes up', () => {
  it.each(['random', 'near-miss', 'empty'])(
    'a tool that does not exist (%s): nothing runs, and it is told',
    async (kind) => {
      const { events, violations, goal } = await trial(
        order,
        ['model/t2/a1', 'model/unknown-tool'],
        ...(kind === 'random' ? [] : [['model/t2/a1@name', kind] as Pair]),
      )
      expect(violations).toEqual([])
      expect(of(events, 'call-rejected')).toMatchObject([{ call: 't2.c0', error: { class: 'unknown-tool' } }])
      expect(goal).toBe(true)
    },
  )

  it.each(['missing-key', 'not-json', 'null'])(
    'arguments that do not fit (%s): nothing runs, and it is told',
    async (kind) => {
      const { events, violations, goal } = await trial(
        order,
        ['model/t2/a1', 'model/malformed-args'],
        ['model/t2/a1@kind', kind],
      )
      expect(violations).toEqual([])
      expect(of(events, 'call-rejected')).toMatchObject([{ call: 't2.c0', error: { class: 'invalid-args' } }])
      expect(goal).toBe(true)
    },
  )

  it('seed-41: a value that is plausible and wrong fits every schema: only what knows better can refuse it', async () => {
    const asked: [number, string][] = []
    for (let index = 1; index <= 60; index++) {
      const { events } = await storm(byzantine(true), 'none', index)
      const [amount] = amountsAsked(events)
      const [rejected] = of(events, 'call-rejected')
      const [settled] = of(events, 'call-settled').filter(({ tool }) => tool === 'refund')
      asked.push([amount ?? 0, rejected ? 'policy' : settled?.outcome === 'failed' ? 'service' : 'paid'])
    }
    const ends = Object.fromEntries(asked)
    expect(ends).toEqual({ 4900: 'paid', 1200: 'paid', 490: 'paid', 9400: 'service', 49000: 'policy' })
  })
})

describe('seed-41: the rate at which untruths are noticed', () => {
  it('is counted over storms, not promised: some are, some are not, and the ledger tells which', async ({
    annotate,
  }) => {
    const count = { untruths: 0, noticed: 0, paid: 0, toolsLied: 0 }
    for (let index = 1; index <= 200; index++) {
      const { events, faults } = await storm(byzantine(index % 2 === 0), 'hostile', index)
      if ((faults['till/wrong-price']?.landed ?? 0) > 0) count.toolsLied++
      const wrong = amountsAsked(events).filter((amount) => amount !== owed)
      const paid = amountsPaid(events).filter((amount) => amount !== owed)
      if (wrong.length === 0) continue
      count.untruths++
      if (paid.length > 0) count.paid++
      else if (of(events, 'run-end').length > 0) count.noticed++
    }
    await annotate(`noticed ${count.noticed} of ${count.untruths} untruths, paid ${count.paid}`)
    expect(count.toolsLied).toBeGreaterThan(0)
    expect(count.noticed).toBeGreaterThan(0)
    expect(count.paid).toBeGreaterThan(0)
    expect(count.noticed + count.paid).toBeLessThanOrEqual(count.untruths)
  })
})

describe('seed-43: garbage that looks like success', () => {
  const kinds = ['is-error', 'error-in-200', 'error-null', 'html', 'non-json', 'control-chars', 'oversize']
  const sites = ['payment.charge#t1.c0', 'stock.reserve#t2.c0', 'notices.send#t3.c0']

  it.each(sites.flatMap((site) => kinds.map((kind) => [site, kind] as const)))(
    '%s answers %s: the call is in doubt, never ok; what it did is undone, or named where nothing can undo it',
    async (site, kind) => {
      const detail: Pair[] = kind === 'is-error' ? [] : [[`${site}/a1@kind`, kind]]
      const { events, violations } = await trial(order, [`${site}/a1`, 'tool/garbage-result'], ...detail)
      expect(violations).toEqual([])
      const call = site.slice(site.indexOf('#') + 1)
      const inDoubt = { call, outcome: 'unknown', error: { class: 'invalid-output' } }
      expect(of(events, 'attempt-end').filter((event) => event.call === call)).toMatchObject([inDoubt])
      expect(of(events, 'call-settled').filter((event) => event.call === call)).toMatchObject([inDoubt])
      expect(of(events, 'effect-applied').filter((event) => event.call === call)).toHaveLength(1)
      const residue = call === 't3.c0' ? ['t3.c0'] : []
      expect(of(events, 'saga-end').map((event) => event.residue)).toEqual([residue])
      expect(of(events, 'run-end').map(({ status }) => status)).toEqual([
        residue.length > 0 ? 'needs-intervention' : 'failed',
      ])
    },
  )

  it('is never ok and never shown to the model as a result, in any of 500 storms and more', async () => {
    let garbage = 0
    for (let index = 1; index <= 500 || (garbage <= 10 && index <= 2_000); index++) {
      const { events, violations } = await storm(order, 'hostile', index)
      expect(violations).toEqual([])
      const bad = of(events, 'fault-landed').filter(({ fault }) => fault === 'tool/garbage-result')
      garbage += bad.length
      const shown = of(events, 'batch-commit').flatMap(({ results }) =>
        results.filter(({ outcome }) => outcome === 'ok'),
      )
      for (const { content } of shown) expect(content).not.toMatch(/<html>|internal error|^null$|^""?$/)
    }
    expect(garbage).toBeGreaterThan(10)
  })
})
