/** A campaign in parts comes to what it comes to in one piece, however its parts are dealt out. */

import { describe, expect, it } from 'vitest'
import { type CampaignPlan, runCampaign, runParts } from '../../../src/explore/campaign.js'
import { inProcess } from '../../../src/explore/in-process.js'
import { joinParts } from '../../../src/explore/join-parts.js'
import { partsOf, unitsOf, unitsOfShard } from '../../../src/explore/part.js'
import { partShape } from '../../../src/explore/part-shape.js'
import { scenarioShape } from '../../../src/report/record-shape.js'
import { shopper, shopperLore, type Toy, toyTrials } from './toy.js'

const planOf = (agent: (toy: Toy) => void, more: Partial<CampaignPlan> = {}): CampaignPlan => ({
  scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
  hands: [inProcess([{ name: 'shop' }], toyTrials({ shop: agent }), shopperLore)],
  seed: '1',
  preset: 'stormy',
  trials: 1_300,
  now: () => 0,
  ...more,
})
const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Each part by hands of its own, the last first, written and read. */
async function apart(agent: (toy: Toy) => void, more: Partial<CampaignPlan> = {}) {
  const records = []
  for (const part of partsOf(more.trials ?? 1_300).toReversed())
    records.unshift(...(await runParts(planOf(agent, more), [part])))
  return throughJson(records)
}

describe('parts', () => {
  it.each([
    ['keeps its promises', shopper({ keyed: true }), {}],
    ['breaks one', shopper(), {}],
    ['breaks one, its reliability measured', shopper(), { reliability: true }],
    ['breaks one as declared', shopper(), { scenario: { name: 'shop', file: '', breaks: ['at-most-once-effect'] } }],
    ['breaks none as declared', shopper({ keyed: true }), { scenario: { name: 'shop', file: '', breaks: ['lost'] } }],
    [
      'has no calm day',
      (toy: Toy) => {
        toy.goal = false
      },
      {},
    ],
  ])('of an agent that %s join to the record in one piece, byte for byte', async (_, agent, more) => {
    const parts = await apart(agent, more)
    for (const part of parts) expect(partShape(part, '')).toBeUndefined()
    const whole = await runCampaign(planOf(agent, more))
    expect(scenarioShape(throughJson(whole), '')).toBeUndefined()
    expect(JSON.stringify(joinParts(parts, 1_300))).toBe(JSON.stringify(whole))
  })

  it('are of one size whoever runs them, and there is one where no storm is asked for', () => {
    expect(partsOf(1_300).map(({ after, storms }) => [after, storms])).toEqual([
      [0, 500],
      [500, 500],
      [1_000, 300],
    ])
    expect(partsOf(0)).toEqual([{ number: 1, after: 0, storms: 0 }])
  })

  it('are dealt so that each is run by one', () => {
    const units = unitsOf(['a', 'b', 'c'], 1_300)
    for (const count of [1, 2, 3, 7, 20]) {
      const dealt = Array.from({ length: count }, (_, index) => unitsOfShard(units, { index: index + 1, count }))
      expect(dealt.flat().sort((one, other) => units.indexOf(one) - units.indexOf(other))).toEqual(units)
      const sizes = dealt.map(({ length }) => length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }
  })

  it('of which some are missing are not judged by what only all can show', async () => {
    const more = { scenario: { name: 'shop', file: '', breaks: ['lost'] } }
    const parts = await apart(shopper({ keyed: true }), more)
    expect(joinParts(parts.slice(1), 1_300, false)).toMatchObject({ result: 'pass', storms: 800, problems: [] })
    expect(joinParts(parts, 1_300)).toMatchObject({ result: 'fail', storms: 1_300 })
  })
})
