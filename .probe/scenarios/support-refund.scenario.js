/** An AI SDK agent, unchanged: when a refund's answer is lost and the model calls again, the customer is refunded twice. */
import { defineScenario } from 'stormproof';
import { supportAgent, tools } from './agents/support-agent.js';
import { shop } from './backends/shop.js';
export default defineScenario({
    name: 'support-refund',
    backends: { shop },
    tools,
    run: () => supportAgent('Order A-7 came broken. Please refund it.'),
    model: ({ call, say }) => [
        call('findOrder', { orderId: 'A-7' }),
        call('refundOrder', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
        say('Your refund is on its way.'),
    ],
    always: { 'an order is refunded once': ({ ledger }) => ledger.shop.refund.length <= 1 },
    success: ({ ledger, result }) => ledger.shop.refund.length === 1 && result.length > 0,
    breaks: ['an order is refunded once'],
});
