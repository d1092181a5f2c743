/** Charge, reserve and notify as one saga: whatever breaks, the customer is charged once and mailed only if charged. */

import { defineScenario } from 'stormproof'
import { inventory, mail, payments } from 'stormproof/backends'
import { checkoutAgent } from './agents/checkout-agent.ts'

export default defineScenario({
  name: 'checkout',
  backends: { payments: payments(), inventory: inventory(), mail: mail() },
  agent: checkoutAgent,
  prompt: 'Buy 2 of SKU-1 for order A-7, 4,900 cents, and tell ann@shop.example.',
  model: ({ call, say }) => [
    [call('charge', { orderId: 'A-7', cents: 4900 }), call('reserve', { sku: 'SKU-1', count: 2 })],
    call('notify', (seen) => ({ to: 'ann@shop.example', subject: `Paid: ${seen('charge').chargeId}` })),
    say('Done.'),
  ],
  always: {
    'an order is charged once': ({ ledger }) => ledger.payments.charge.length <= 1,
    'no mail without a charge': ({ ledger }) => ledger.mail.send.length <= ledger.payments.charge.length,
  },
  success: ({ ledger }) => ledger.payments.charge.length === 1 && ledger.inventory.reserve.length === 1,
})
