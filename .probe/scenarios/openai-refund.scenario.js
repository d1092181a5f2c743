/** A hand-written loop on the `openai` SDK, unchanged: it calls again after a lost answer, and nothing ties the two refunds together. */
import { defineScenario } from 'stormproof';
import { refundAgent } from './agents/openai-loop.js';
import { shop } from './backends/shop.js';
export default defineScenario({
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
});
