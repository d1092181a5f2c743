/** Two faults at once, all of them: which pairs there are, in which order, and what they find that no single fault does. */

import { describe, expect, test } from 'vitest'
import { type CampaignPlan, runCampaign } from '../../../src/explore/campaign.js'
import { singles } from '../../../src/explore/exhaustive.js'
import type { Job } from '../../../src/explore/hands.js'
import { inProcess } from '../../../src/explore/in-process.js'
import { pairs, type Reach } from '../../../src/explore/pairs.js'
import { shopperLore, type Toy, toyTrials } from './toy.js'

const refused = 'tool/error'
const lost = 'tool/timeout-after-effect'

/** Two charges in one turn and one in the next; a refused one is tried again. */
function careful(toy: Toy): void {
  for (const call of ['t1.c0', 't1.c1', 't2.c0'])
    if (toy.pick(`shop.charge#${call}/a1`, 'outcome', 'ok', refused) === refused)
      toy.pick(`shop.charge#${call}/a2`, 'outcome', 'ok', lost)
}

/** Charges twice when the answer to the second try is lost. */
function careless(toy: Toy): void {
  if (toy.pick('shop.charge#t1.c0/a1', 'outcome', 'ok', refused) === 'ok') return
  if (toy.pick('shop.charge#t1.c0/a2', 'outcome', 'ok', lost) === lost) toy.broken('at-most-once-effect')
}

const handsOf = (agent: (toy: Toy) => void) => inProcess([{ name: 'shop' }], toyTrials({ shop: agent }), shopperLore)
const texts = (jobs: readonly Job[]) =>
  jobs.map(({ source }) =>
    source.kind === 'replay' ? source.decisions.map(([label]) => label.slice(12)).join(' ') : '',
  )

async function pairsOf(agent: (toy: Toy) => void, reach: Reach, bound?: number) {
  const hands = handsOf(agent)
  const calm = await hands.calm('shop')
  const jobs = singles(calm.visited ?? [], { forPairs: true })
  const reports = await hands.trials('shop', jobs)
  return pairs(
    jobs.flatMap((job, index) => (reports[index] ? [[job, reports[index]] as const] : [])),
    reach,
    bound,
  )
}

describe('the pairs of an agent', () => {
  test('are the second faults that a first one leaves, also where it brought their site about', async () => {
    expect(texts(await pairsOf(careful, 'call'))).toEqual([
      't1.c0/a1 t1.c0/a2',
      't1.c1/a1 t1.c1/a2',
      't2.c0/a1 t2.c0/a2',
    ])
  })

  test('come by how near their faults are, each once', async () => {
    const near = ['t1.c0/a1 t1.c0/a2', 't1.c1/a1 t1.c1/a2', 't2.c0/a1 t2.c0/a2']
    const inTurn = [...near, 't1.c0/a1 t1.c1/a1']
    expect(texts(await pairsOf(careful, 'turn'))).toEqual(inTurn)
    expect(texts(await pairsOf(careful, 'all'))).toEqual([...inTurn, 't1.c0/a1 t2.c0/a1', 't1.c1/a1 t2.c0/a1'])
    expect(texts(await pairsOf(careful, 'all', 2))).toEqual(near.slice(0, 2))
  })

  test('leave out a first fault that never landed, and one that is a finding alone', async () => {
    const unharmed = (toy: Toy): void => {
      toy.pick('shop.charge#t1.c0/a1', 'outcome', 'ok', 'x')
      toy.pick('shop.charge#t1.c1/a1', 'outcome', 'ok', refused)
    }
    const fragile = (toy: Toy): void => {
      if (toy.pick('shop.charge#t1.c0/a1', 'outcome', 'ok', refused) === refused) toy.broken('promise')
      toy.pick('shop.charge#t1.c1/a1', 'outcome', 'ok', refused)
    }
    expect(await pairsOf(unharmed, 'all')).toEqual([])
    expect(await pairsOf(fragile, 'all')).toEqual([])
  })
})

describe('a campaign', () => {
  const campaign = (plan: Partial<CampaignPlan> = {}) =>
    runCampaign({
      scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
      hands: [handsOf(careless)],
      seed: '1',
      preset: 'stormy',
      trials: 1,
      now: () => 0,
      ...plan,
    })

  test('finds with pairs what no single fault breaks, and says so', async () => {
    expect(await campaign()).toMatchObject({ pairs: 0, findings: [] })
    const record = await campaign({ pairs: 'call' })
    expect(record).toMatchObject({ result: 'fail', pairs: 1 })
    expect(record.findings).toMatchObject([
      {
        origin: 'pair',
        decisions: [
          ['shop.charge#t1.c0/a1', refused],
          ['shop.charge#t1.c0/a2', lost],
        ],
      },
    ])
  })

  test('runs them in its first part alone, so that parts come to the same as the whole', async () => {
    const parts = await campaign({ pairs: 'all', trials: 501 })
    expect(parts.pairs).toBe(1)
  })
})
