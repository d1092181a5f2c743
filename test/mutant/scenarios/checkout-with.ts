/** The checkout of `scenarios/`, whose agent is changed on its way into the world. */

import { defineScenario, type Scenario } from 'stormproof'
import { inventory, mail, payments } from 'stormproof/backends'
import { checkoutAgent } from '../../../scenarios/agents/checkout-agent.ts'

type CheckoutAgent = ReturnType<typeof checkoutAgent>

export const checkoutWith = (name: string, change: (agent: CheckoutAgent) => CheckoutAgent): Scenario =>
  defineScenario({
    name,
    backends: { payments: payments(), inventory: inventory(), mail: mail() },
    agent: (services) => change(checkoutAgent(services)),
    prompt: 'Buy 2 of SKU-1 for order A-7, 4,900 cents, and tell ann@shop.example.',
    model: ({ call, say }) => [
      [call('charge', { orderId: 'A-7', cents: 4900 }), call('reserve', { sku: 'SKU-1', count: 2 })],
      call('notify', (seen) => ({ to: 'ann@shop.example', subject: `Paid: ${seen('charge').chargeId}` })),
      say('Done.'),
    ],
    success: ({ ledger }) => ledger.payments.charge.length === 1 && ledger.inventory.reserve.length === 1,
  })
