/** An order that may break in the middle: paid and out of stock must never be what is left of it. */

import { defineScenario } from 'stormproof'
import { orderAgent } from './agents/order-agent.ts'
import { notices } from './backends/notices.ts'
import { payment } from './backends/payment.ts'
import { stock } from './backends/stock.ts'

const orderId = 'A-7'

export default defineScenario({
  name: 'order',
  backends: { payment, stock, notices },
  agent: orderAgent,
  prompt: 'Take order A-7: 2 of SKU-1 for 4,900 cents, and tell the customer.',
  model: ({ call, say }) => [
    call('charge', { orderId, cents: 4900 }),
    call('reserve', { orderId, sku: 'SKU-1', count: 2 }),
    call('notify', (seen) => ({ orderId, ...seen('charge'), ...seen('reserve') })),
    say('Your order is taken.'),
  ],
  always: {
    'an order is charged once': ({ ledger }) => ledger.payment.charge.length <= 1,
    'nobody is told before the order is paid and reserved': ({ ledger }) =>
      ledger.notices.send.length === 0 || (ledger.payment.charge.length === 1 && ledger.stock.reserve.length === 1),
  },
  success: ({ ledger }) =>
    [...ledger.payment.charge, ...ledger.stock.reserve].filter(({ compensated }) => !compensated).length === 2 &&
    ledger.notices.send.length === 1,
})
