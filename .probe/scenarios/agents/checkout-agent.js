/** An agent on stormproof's runtime. Production passes real clients, a scenario passes simulated ones. */
import { defineAgent, defineTool } from 'stormproof/runtime';
import { z } from 'zod';
export const checkoutAgent = ({ payments, inventory, mail }) => {
    const charge = defineTool({
        name: 'charge',
        description: 'Charge the customer for an order',
        effect: 'write',
        input: z.object({ orderId: z.string(), cents: z.int().positive() }),
        output: z.object({ chargeId: z.string() }),
        execute: (input, { key, signal }) => payments.charge(input, { idempotencyKey: key, signal }),
        compensate: async ({ orderId, cents }, { key, signal }) => {
            const made = await payments.find({ orderId });
            if (made)
                await payments.refund({ chargeId: made.chargeId, cents }, { idempotencyKey: key, signal });
        },
    });
    const reserve = defineTool({
        name: 'reserve',
        description: 'Reserve stock',
        effect: 'write',
        input: z.object({ sku: z.string(), count: z.int().positive() }),
        output: z.object({ reservationId: z.string() }),
        execute: (input, { key, signal }) => inventory.reserve(input, { idempotencyKey: key, signal }),
    });
    const notify = defineTool({
        name: 'notify',
        description: 'Mail the customer',
        effect: 'irreversible',
        input: z.object({ to: z.email(), subject: z.string() }),
        output: z.object({ messageId: z.string() }),
        execute: (input, { key, signal }) => mail.send(input, { idempotencyKey: key, signal }),
    });
    return defineAgent({
        name: 'checkout',
        instructions: 'Charge, reserve, then tell the customer.',
        tools: [charge, reserve, notify],
        limits: { turns: 8 },
        saga: true,
    });
};
