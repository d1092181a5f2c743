/** A hand-written loop on the `openai` SDK, unchanged: it calls again after a lost answer, and nothing ties the two refunds together. */

import { defineScenario } from 'stormproof'
import { refundAgent } from './agents/openai-loop.ts'
import { shop } from './backends/shop.ts'

interface Tools {
  findOrder: { execute(input: { orderId: string }): { orderId: string; cents: number } }
  refundOrder: { execute(input: { orderId: string; cents: number }): { refundId: string } }
}

export default defineScenario<{ shop: typeof shop }, Tools, string>({
  name: 'openai-refund',
  backends: { shop },
  run: () => refundAgent('Order A-7 came broken. Please refund it.'),
  model: ({ call, say }) => [
    call('findOrder', { orderId: 'A-7' }),
    call('refundOrder', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
    say('Your refund is on its way.'),
  ],
  always: { 'an order is refunded once': ({ ledger }) => ledger.shop.refund.length <= 1 },
  success: ({ ledger, result }) => ledger.shop.refund.length === 1 && result.length > 0,
  breaks: ['an order is refunded once'],
})
