/** Many worlds in one thread, and long waits: what a trial does, and how long it takes, is its own affair. */

import { expect, test } from 'vitest'
import tour from '../../../bench/openai-tour.scenario.js'
import { refundAgent } from '../../../scenarios/agents/openai-loop.js'
import { shop } from '../../../scenarios/backends/shop.js'
import checkout from '../../../scenarios/checkout.scenario.js'
import { installShims } from '../../../src/box/install.js'
import { real } from '../../../src/box/real.js'
import { presetOf } from '../../../src/explore/preset.js'
import { randomSource } from '../../../src/explore/random-source.js'
import { defineScenario, type Scenario } from '../../../src/index.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'
import { chat, decided, meet, openai } from './sdk-met.js'

installShims()
const patienceMs = 120_000

/** Its world is over with the refund, while the agent still waits for the answer. */
const left = defineScenario({
  name: 'left',
  backends: { shop },
  run: () => refundAgent('Refund order A-7.'),
  model: ({ call, say }) => [
    [call('findOrder', { orderId: 'A-7' }), call('refundOrder', { orderId: 'A-7', cents: 100 })],
    say('Done.'),
  ],
  always: { 'nothing is refunded': ({ ledger }) => ledger.shop.refund.length === 0 },
})

const scenarios = [left, tour as Scenario, checkout]
const weather = presetOf('stormy')
const trial = (key: number): Promise<TrialResult> =>
  runTrial(scenarios[key % scenarios.length] as Scenario, { source: randomSource(key, weather) })

/** All that a trial is, as bytes. */
const bytes = ({
  events,
  fingerprint,
  decisions,
  ending,
  status,
  violations,
  console,
  virtualMs,
  steps,
}: TrialResult) =>
  JSON.stringify({ events, fingerprint, decisions, ending, status, violations, console, virtualMs, steps })

test('sixty worlds at once are each what they are alone, those that are left in the middle too', {
  timeout: patienceMs,
}, async () => {
  const keys = Array.from({ length: 60 }, (_, key) => key)
  const alone: TrialResult[] = []
  for (const key of keys) alone.push(await trial(key))
  const together = await Promise.all(keys.map(trial))
  const endings = alone.map(({ ending }) => ending)
  expect(endings.filter((ending) => ending === 'stopped').length).toBeGreaterThan(10)
  expect(endings.filter((ending) => ending === 'rest').length).toBeGreaterThan(30)
  for (const key of keys) expect(bytes(together[key] as TrialResult)).toBe(bytes(alone[key] as TrialResult))
})

/** Real milliseconds that so many requests take which are told once to come again after this long. */
async function realMs(retryAfter: string, requests: number): Promise<{ real: number; virtual: number }> {
  const limited = decided('model/http-error', { status: '429', 'retry-after': retryAfter, times: '1' })
  const ask = () => openai().chat.completions.create(chat)
  const began = real.performanceNow()
  let virtual = 0
  for (let request = 0; request < requests; request++) virtual += (await meet(ask, limited)).ms as number
  return { real: real.performanceNow() - began, virtual }
}

test('an hour of Retry-After takes no more real time than a second of it', { timeout: patienceMs }, async () => {
  await realMs('1', 10)
  // The best of five rounds, as others use this machine too; were the time really spent, it would be an hour.
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5 && best > 1.5; round++) {
    const [second, hour] = [await realMs('1', 10), await realMs('huge', 10)]
    expect(hour.virtual - second.virtual).toBe(10 * 3_599_000)
    best = Math.min(best, hour.real / second.real)
  }
  expect(best).toBeLessThan(1.5)
})
