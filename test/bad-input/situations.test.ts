/** Situations that a suite must get into: counted for each scenario, and no green without them. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { build, campaign, project, record, stormproof, trials } from './stormproof.js'

beforeAll(build, 90_000)

/** An agent that asks twice where the first answer was lost, and these situations. */
const asking = (name: string, situations: string): string => `
import { defineBackend, defineScenario } from 'stormproof'
import { z } from 'zod'
const shop = defineBackend({
  name: 'shop',
  state: () => ({}),
  operations: ({ write }) => ({
    refund: write({ input: z.object({ orderId: z.string() }), keyed: true, apply: () => ({ done: true }) }),
  }),
})
const late = () => new Promise((_, fail) => setTimeout(fail, 5000, new Error('late')))
const refund = (client) => Promise.race([client.refund({ orderId: 'A-7' }, { idempotencyKey: 'k' }), late()])
export default defineScenario({
  name: '${name}',
  backends: { shop },
  run: ({ shop }) => refund(shop).catch(() => refund(shop)).catch(() => 'sorry'),
  model: () => [],
  faults: { preset: 'stormy' },
  situations: { ${situations} },
})
`
const few = ['--jobs=1', '--progress=none', '--trials=20', '--reporter=console,html'] as const
const asked =
  "'asked again after an effect': ({ events, ledger }) => ledger.shop.refund.length === 1 && events.filter(({ type }) => type === 'request-arrived').length > 1"
const never = "'two refunds': ({ ledger }) => ledger.shop.refund.length > 1"

test('the record counts the trials in which each arose, and one that never did is told everywhere', async () => {
  const folder = project([], {
    'a.scenario.ts': asking('gets-there', asked),
    'b.scenario.ts': asking('lost', `${asked}, ${never}`),
  })
  const { code, out } = await stormproof(folder, few)
  expect(code).toBe(3)
  expect(out).toMatch(/situations\s+3 situations named, 2 arose; never: two refunds \(lost\)/)
  expect(out).toContain('never arose: two refunds (lost)')
  const { scenarios } = record(folder)
  const counted = scenarios.map(({ name, invariants }) => [
    name,
    invariants.flatMap((one) => (one.situation ? [[one.name, one.group, one.arose > 0, one.broken]] : [])),
  ])
  expect(counted).toEqual([
    ['gets-there', [['asked again after an effect', 'tested', true, 0]]],
    [
      'lost',
      [
        ['asked again after an effect', 'tested', true, 0],
        ['two refunds', 'never-arose', false, 0],
      ],
    ],
  ])
  const [{ arose = 0 } = {}] = scenarios[0]?.invariants.filter(({ situation }) => situation) ?? []
  const ran = trials(folder).filter(({ scenario }) => scenario === 'gets-there')
  expect(arose).toBe(ran.filter((trial) => (trial.arose['asked again after an effect'] ?? 0) > 0).length)
  expect(arose).toBeLessThan(ran.length)
  const page = readFileSync(join(campaign(folder), 'index.html'), 'utf8')
  expect(page).toContain('situations that must arise and never did (1)</b>: two refunds (lost)')
  expect(page).toContain('>Situations<')
}, 120_000)

test('one that throws is told as what it is', async () => {
  const folder = project([], { 'a.scenario.ts': asking('throws', "'odd': ({ events }) => events.push(1) > 0") })
  const { code, out } = await stormproof(folder, few)
  expect(code).toBe(2)
  expect(out).toContain('the situation "odd" threw')
  expect(record(folder).result).toBe('scenario-error')
}, 120_000)
