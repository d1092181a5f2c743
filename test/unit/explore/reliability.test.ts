/** What `--reliability` measures of a campaign: the grid of R(k, ε, λ), and from when on a finding cannot be escaped. */

import { expect, it } from 'vitest'
import { type CampaignPlan, runCampaign } from '../../../src/explore/campaign.js'
import { continuedSource } from '../../../src/explore/continued-source.js'
import { inProcess } from '../../../src/explore/in-process.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { TrialOptions } from '../../../src/explore/trial-port.js'
import type { TrialRecord } from '../../../src/report/record.js'
import { shopper, shopperLore, type Toy, toyTrials } from './toy.js'

/** An agent whose prompt can be reworded twice. */
const campaign = (agent: (toy: Toy, options: TrialOptions) => void, plan: Partial<CampaignPlan> = {}) =>
  runCampaign({
    scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
    hands: [
      inProcess(
        [{ name: 'shop' }],
        (scenario, options) => toyTrials({ shop: (toy) => agent(toy, options) })(scenario, options),
        { ...shopperLore, words: () => ['reorder', 'distractor'] },
      ),
    ],
    ...{ seed: '1', preset: 'stormy', trials: 40, now: () => 0, reliability: true },
    ...plan,
  })

it('tries each intensity with each share of the prompt reworded, and counts none of it elsewhere', async () => {
  const trials: TrialRecord[] = []
  const [with_, without] = [
    await campaign(shopper({ keyed: true }), { onTrial: (trial) => trials.push(trial) }),
    await campaign(shopper({ keyed: true }), { reliability: false }),
  ]
  const { surface, ...rest } = with_
  expect({ ...rest, surface: undefined }).toEqual(without)
  expect(surface).toHaveLength(4 * 3)
  for (const cell of surface ?? []) expect(cell.trials).toBe(16)
  expect(trials.filter(({ origin }) => origin === 'grid')).toHaveLength(4 * 3 * 16)
  // Where nothing goes wrong nobody fails.
  expect(surface?.filter(({ lambda }) => lambda === 0).map(({ goals }) => goals)).toEqual([16, 16, 16])
})

it('shows an agent that stumbles over other words', async () => {
  const { surface } = await campaign((toy, { words = [] }) => {
    toy.pick('shop.charge#t1.c0/a1', 'outcome', 'ok', 'tool/error')
    toy.goal = !words.includes('distractor')
  })
  const goals = (epsilon: number) => surface?.find((cell) => cell.epsilon === epsilon && cell.lambda === 0)?.goals
  expect([goals(0), goals(0.1), goals(0.2)]).toEqual([16, 8, 0])
})

it('says from when on a finding could not be escaped', async () => {
  const { findings } = await campaign(shopper())
  const { trials = 0, points = [] } = findings[0]?.bakedIn ?? {}
  expect(points[0]).toMatchObject({ seq: 0, what: '' })
  const lost = points.find(({ what }) => what.includes('answer lost'))
  // Who has lost the answer tries again, and nothing but two more failures keeps it from charging twice.
  expect(lost?.broken).toBeGreaterThan(trials / 2)
  expect(points[0]?.broken).toBeLessThan(lost?.broken ?? 0)
})

it('a history goes on by other chances after the site where it is let go', () => {
  const decided = replaySource([['a', 'bad']])
  const chance = { pick: () => 2, below: () => 7 }
  const source = continuedSource(decided, 'a', chance)
  const pick = (label: string) => source.pick(label, 0, 'outcome', ['ok', 'bad', 'worse'])
  expect([pick('before'), source.below('n', 0, 9), pick('a'), pick('after'), source.below('m', 0, 9)]).toEqual([
    0, 0, 1, 2, 7,
  ])
  expect(continuedSource(decided, '', chance).pick('a', 0, 'outcome', ['ok', 'bad', 'worse'])).toBe(2)
})
