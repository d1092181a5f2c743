import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import research from '../../../scenarios/research.scenario.js'
import travel from '../../../scenarios/travel.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

async function under(scenario: Scenario, name: string, parameters: Readonly<Record<string, string>> = {}) {
  const calm = await runTrial(scenario, { source: replaySource([]), calm: true })
  const details = Object.entries(parameters).map(([parameter, value]): Pair => [`${name}@${parameter}`, value])
  const source = replaySource([[name, name], ...details])
  const result = await runTrial(scenario, { source, intended: calm.facts.intended, keepGoing: true })
  const of = <T extends EventType>(type: T) => result.events.filter((event) => event.type === type) as EventOf<T>[]
  expect(result.violations).toEqual([])
  return { ...result, of, calm }
}

const once = { planned: 1, injected: 1, landed: 1 }

describe('a burst', () => {
  it('limits the next requests of all, to the model and to the services, and then is over', async () => {
    const { of, faults } = await under(travel, 'shape/burst', { requests: '5', from: '2' })
    const limited = of('request-answered').filter((event) => event.status === 429)
    const refused = of('model-answered').filter((event) => event.status === 429)
    expect(limited.length + refused.length).toBe(5)
    expect(limited.length).toBeGreaterThan(1)
    expect(faults).toMatchObject({ 'shape/burst': once })
  })
})

describe('a brown-out', () => {
  it('makes some answers a hundred times slower, and the same ones each time', async () => {
    const { faults, fingerprint, virtualMs, calm } = await under(travel, 'shape/brown-out', { 'per-mille': '500' })
    expect(faults).toMatchObject({ 'shape/brown-out': once })
    expect(virtualMs).toBeGreaterThan(calm.virtualMs)
    const again = await under(travel, 'shape/brown-out', { 'per-mille': '500' })
    expect(again.fingerprint).toBe(fingerprint)
  })
})

describe('an outage of several services', () => {
  it.each([
    ['in-order', ['payments', 'inventory']],
    ['reversed', ['inventory', 'payments']],
  ])('is healed one after the other, %s', async (heals, order) => {
    const { of, faults } = await under(checkout, 'shape/outage-and-heal', { heals, 'first-after': '1000' })
    const healed = order.map((name) => {
      const answers = of('request-answered').filter(({ backend }) => backend === name)
      expect(answers[0]?.status).toBe(503)
      return answers.find(({ outcome }) => outcome === 'ok')?.vt ?? Number.POSITIVE_INFINITY
    })
    expect(healed[0]).toBeLessThan(healed[1] as number)
    expect(faults).toMatchObject({ 'shape/outage-and-heal': once })
  })

  it('is not offered where there is one service', async () => {
    const { faults } = await under(research, 'shape/outage-and-heal')
    expect(faults).toEqual({})
  })
})

describe('answers that are held back', () => {
  it('come in one instant', async () => {
    const { of, faults, status } = await under(travel, 'shape/hold-then-flush', { answers: '2' })
    const [one, other] = of('request-answered')
    expect(one?.vt).toBe(other?.vt)
    expect(faults).toMatchObject({ 'shape/hold-then-flush': once })
    expect(status).toBe('completed')
  })

  it('are not held for ever where the last one never comes', async () => {
    const { of, status } = await under(checkout, 'shape/hold-then-flush', { answers: '10' })
    expect(of('request-answered')[0]?.vt).toBeGreaterThanOrEqual(5_000)
    expect(status).toBe('completed')
  })
})

describe('a crash loop', () => {
  it('kills the process at one call again and again, and then it comes through', async () => {
    const { of, faults, status } = await under(checkout, 'shape/crash-loop', { crashes: '2' })
    expect(of('crash')).toHaveLength(2)
    expect(faults).toMatchObject({ 'shape/crash-loop': once })
    expect(status).toBe('completed')
  })

  it('ends where the call has used up its attempts', async () => {
    const { of } = await under(checkout, 'shape/crash-loop', { crashes: '4' })
    expect(of('crash')).toHaveLength(3)
    expect(of('attempt-start').filter(({ call }) => call === 't1.c0')).toHaveLength(3)
  })
})

describe('a stampede', () => {
  const many = async (details: Readonly<Record<string, string>>) => {
    const calm = await runTrial(checkout, { source: replaySource([]), calm: true })
    const parameters = Object.entries(details).map(([name, value]): Pair => [`run/sessions@${name}`, value])
    const source = replaySource([['run/sessions', 'shape/stampede'], ...parameters])
    return runTrial(checkout, { source, intended: calm.facts.intended, keepGoing: true })
  }
  const isRefused = (type: string) => (event: { readonly type: string; readonly status?: unknown }) =>
    event.type === type && event.status === 503

  it.each(['2', '5', '20'])('turns away all of %s sessions in one instant, and all come through', async (n) => {
    const { events, faults, status, goal, violations } = await many({ n, ms: '0' })
    expect({ status, goal, violations }).toEqual({ status: 'completed', goal: true, violations: [] })
    expect(faults).toEqual({ 'shape/stampede': once })
    expect(events.filter(isRefused('model-answered'))).toHaveLength(1)
    const others = events.flatMap((event) => (event.type === 'issued-beside' ? [event.session] : []))
    expect(new Set(others).size).toBe(Number(n) - 1)
  })

  it('lasts', async () => {
    const { events, faults, violations } = await many({ n: '2', who: 'services' })
    expect(violations).toEqual([])
    expect(faults).toEqual({ 'shape/stampede': once })
    const refused = events.filter(isRefused('request-answered'))
    expect(refused.length).toBeGreaterThan(1)
    expect(new Set(refused.map(({ vt }) => vt)).size).toBeGreaterThan(1)
  })

  it('is borne, whoever is asked and for how long', async () => {
    for (const who of ['model', 'services', 'all'])
      for (const from of ['1', '8']) expect((await many({ n: '5', who, from, ms: '10000' })).violations).toEqual([])
  })
})

it('no shape is chosen on a calm day, and each is off by one choice', async () => {
  const { visited, faults } = await runTrial(checkout, { source: replaySource([]), keepSites: true })
  const shapes = visited?.filter(({ label }) => label.startsWith('shape/'))
  expect(shapes?.map(({ label, alternatives }) => [label, alternatives])).toEqual(
    ['burst', 'brown-out', 'outage-and-heal', 'hold-then-flush', 'crash-loop'].map((name) => [
      `shape/${name}`,
      ['ok', `shape/${name}`],
    ]),
  )
  expect(faults).toEqual({})
})
