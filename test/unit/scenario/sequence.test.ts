/** Faults in a row, as a scenario prescribes them. */

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCampaign } from '../../../src/explore/campaign.js'
import { localHands } from '../../../src/explore/local-hands.js'
import { defineBackend, defineFault, defineScenario, simulate } from '../../../src/index.js'
import type { FaultPlan } from '../../../src/scenario/define-scenario.js'

const shop = defineBackend({
  name: 'shop',
  baseUrl: 'https://shop.test',
  state: () => ({ sent: 0 }),
  operations: ({ read, write }) => ({
    look: read({ http: 'GET /look', input: z.object({}), answer: () => ({ open: true }) }),
    send: write({ http: 'POST /send', input: z.object({}), apply: (state) => ({ sent: ++state.sent }) }),
  }),
})

const gone = defineFault({
  name: 'shop/gone',
  says: 'The shop has moved.',
  backend: shop,
  operation: 'look',
  before: () => new Error('moved'),
})

/** Tries to look three times at most; its run never sends. */
const patient = async (): Promise<number> => {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const response = await fetch('https://shop.test/look').catch(() => undefined)
    if (response?.ok) return attempt
  }
  throw new Error('gave up')
}

async function campaignOf(faults: FaultPlan, trials = 10) {
  const scenario = defineScenario({
    name: 'patient',
    backends: { shop },
    run: patient,
    model: () => [],
    success: ({ result }) => result === 3 || result === 1,
    faults,
  })
  return runCampaign({
    scenario: { name: 'patient', file: 'patient.ts', breaks: [] },
    hands: [localHands([scenario])],
    seed: '1',
    preset: faults.preset ?? 'stormy',
    trials,
    now: () => 0,
  })
}

describe('a sequence', () => {
  test('fails twice and then succeeds, in every storm, and the calm day knows nothing of it', async () => {
    const twice = await campaignOf({
      preset: 'none',
      sequence: { 'shop.look': ['tool/error', 'tool/rate-limited', 'none'] },
    })
    expect(twice).toMatchObject({ calmGoal: true, storms: 10, goals: 10, result: 'pass' })
    const always = { planned: 10, injected: 10, landed: 10, storms: 10, broken: 0 }
    expect(twice.faults['tool/error']).toEqual(always)
    expect(twice.faults['tool/rate-limited']).toEqual(always)
  })

  test('that goes on for longer than the agent tries is never survived', async () => {
    const lasting = { 'shop.look': ['tool/error', 'tool/error', 'tool/error', 'none'] }
    expect(await campaignOf({ preset: 'none', sequence: lasting })).toMatchObject({ goals: 0, calmGoal: true })
  })

  test('holds beside whatever the storm does, and beside every single fault', async () => {
    const { faults, singles, storms } = await campaignOf({
      preset: 'stormy',
      sequence: { 'shop.look': ['tool/timeout-before-effect'] },
    })
    expect(singles).toBeGreaterThan(0)
    // A storm that ends before the first request has none of it.
    expect(faults['tool/timeout-before-effect']?.planned).toBeGreaterThan((singles + storms) * 0.8)
  })

  test('that is never met leaves the campaign inconclusive, and says so', async () => {
    const { result, problems } = await campaignOf({ preset: 'none', sequence: { 'shop.send': ['tool/error'] } })
    expect(result).toBe('inconclusive')
    expect(problems).toMatchObject([
      { kind: 'never-landed', what: 'tool/error was asked for, and in no trial did it make a difference to the agent' },
    ])
  })
})

test('a fault of the user that strikes nothing leaves the campaign inconclusive; one that strikes does not', async () => {
  expect((await campaignOf({ add: [gone] })).result).toBe('pass')
  const elsewhere = defineFault({ ...goneAt('send'), name: 'shop/elsewhere' })
  const { problems } = await campaignOf({ add: [elsewhere] })
  expect(problems.map(({ what }) => what)).toEqual([expect.stringContaining('shop/elsewhere was asked for')])
})

const goneAt = (operation: 'look' | 'send') =>
  ({ name: 'shop/gone', says: 'It has moved.', backend: shop, operation, before: () => new Error('moved') }) as const

test.each([
  [
    { 'shop.lok': ['tool/error'] },
    /names the operation "shop\.lok".*mean "shop\.look"\?.*model, shop\.look, shop\.send/s,
  ],
  [{ 'shop.look': ['tool/eror'] }, /names the fault of shop\.look "tool\/eror".*mean "tool\/error"\?/],
  [
    { 'shop.look': ['tool/partial-effect'] },
    /names the fault of shop\.look "tool\/partial-effect", which does not exist/,
  ],
  [{ model: ['tool/error'] }, /model can have none, model\/http-error/],
  [
    { model: [{ fault: 'model/http-error', with: { status: '418' } }] },
    /asks for model\/http-error with status = "418".*status \(503/s,
  ],
])('a sequence that cannot be is refused: %j', async (sequence, expected) => {
  const scenario = defineScenario({
    name: 'wrong',
    backends: { shop },
    run: patient,
    model: () => [],
    faults: { sequence },
  })
  const error = await simulate(scenario).catch((thrown) => thrown)
  expect(error.code).toBe('scenario')
  expect(`${error.message} ${error.remedy}`).toMatch(expected)
})
