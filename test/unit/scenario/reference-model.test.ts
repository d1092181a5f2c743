/** Models of simulated backends: right ones hold in whatever weather, planted wrong ones fall. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineInvariant } from '../../../src/check/define-invariant.js'
import type { Clients } from '../../../src/core/backend.js'
import { runCampaign } from '../../../src/explore/campaign.js'
import { localHands } from '../../../src/explore/local-hands.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { defineBackend } from '../../../src/sim/define-backend.js'

const promise = 'an order adds up'

interface Order {
  refunded: number
}
type Refund = (orders: Map<string, Order>, id: string, cents: number) => void

const right: Refund = (orders, id, cents) => {
  orders.set(id, { refunded: (orders.get(id)?.refunded ?? 0) + cents })
}
const wrong: Readonly<Record<string, Refund>> = {
  'keeps only the last': (orders, id, cents) => void orders.set(id, { refunded: cents }),
  'forgets every second': (orders, id, cents) => {
    if ((orders.get(id)?.refunded ?? 0) === 0) right(orders, id, cents)
  },
  'books on another order': (orders, _id, cents) => right(orders, 'B', cents),
}

const shopOf = (refund: Refund) =>
  defineBackend({
    name: 'shop',
    state: () => ({ orders: new Map<string, Order>() }),
    operations: ({ read, write }) => ({
      refund: write({
        input: z.object({ orderId: z.string(), cents: z.number() }),
        keyed: true,
        apply: ({ orders }, { orderId, cents }) => {
          refund(orders, orderId, cents)
          return { done: true }
        },
        rival: ({ orders }, { orderId }) => right(orders, orderId, 1),
      }),
      order: read({
        input: z.object({ orderId: z.string() }),
        answer: ({ orders }, { orderId }) => ({ orderId, refunded: orders.get(orderId)?.refunded ?? 0 }),
      }),
    }),
  })
type Shop = ReturnType<typeof shopOf>

/** Two refunds of one order and one look at another, at once and one after the other, each tried twice. */
async function refunds({ shop }: Clients<{ shop: Shop }>): Promise<number> {
  const twice = <T>(ask: () => Promise<T>): Promise<T | undefined> =>
    ask()
      .catch(ask)
      .catch(() => undefined)
  const look = (orderId: string) => twice(() => shop.order({ orderId }))
  const refund = (key: string, cents: number) =>
    twice(() => shop.refund({ orderId: 'A', cents }, { idempotencyKey: key }))
  await Promise.all([refund('1', 5), look('A'), look('B')])
  await look('A')
  await Promise.all([refund('2', 7), look('A')])
  return (await look('A'))?.refunded ?? 0
}

const scenarioOf = (shop: Shop) =>
  defineScenario({
    name: 'refunds',
    backends: { shop },
    run: refunds,
    model: () => [],
    invariants: [
      defineInvariant({
        name: promise,
        says: 'An order shows all that was refunded of it.',
        backends: { shop },
        model: {
          initial: { refunded: 0 },
          resource: ({ input }) => input.orderId,
          step: (state, operation) =>
            operation.name === 'shop.refund'
              ? { state: { refunded: state.refunded + operation.input.cents } }
              : { state, answer: { orderId: operation.input.orderId, refunded: state.refunded } },
        },
      }),
    ],
  })

const campaign = (shop: Shop, trials: number, preset: string) =>
  runCampaign({
    scenario: { name: 'refunds', file: '', breaks: [] },
    hands: [localHands([scenarioOf(shop)])],
    ...{ seed: '1', preset, trials, now: () => 0 },
  })

describe('a model of a simulated backend', () => {
  it('holds for the right one in 150 storms: whatever is lost, late, stale, halved or done by a rival', async () => {
    const { findings, invariants, nondeterminism } = await campaign(shopOf(right), 150, 'hostile')
    expect(findings.filter(({ violation }) => violation.invariant === promise)).toEqual([])
    expect(invariants.find(({ name }) => name === promise)?.arose).toBeGreaterThan(150)
    expect(nondeterminism).toBeUndefined()
  })

  it.each(Object.entries(wrong))('falls for one that %s', async (_, refund) => {
    const { findings } = await campaign(shopOf(refund), 5, 'stormy')
    const found = findings.find(({ violation }) => violation.invariant === promise)
    expect(found?.violation.because).toMatch(/shop\.order answered .*, and the model says/)
  })
})
