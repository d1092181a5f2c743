/** A shop's API over plain HTTP, without idempotency keys: what it did twice was done twice. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const shop = defineBackend({
  name: 'shop',
  baseUrl: 'https://api.shop.example',
  state: (draw) => ({ cents: draw.pick('cents', [4900, 120, 9_999_999]) }),
  operations: ({ read, write }) => ({
    order: read({
      http: 'GET /orders/:orderId',
      input: z.object({ orderId: z.string() }),
      answer: ({ cents }, { orderId }) => ({ orderId, cents }),
    }),
    charge: write({
      http: 'POST /orders/:orderId/charges',
      input: z.object({ orderId: z.string(), cents: z.number() }),
      once: ({ orderId }) => orderId,
      apply: (_state, { cents }, draw) => ({ chargeId: `c-${draw.int('charge', 100, 999)}`, cents }),
    }),
    mail: write({
      http: 'POST /mails',
      input: z.object({ orderId: z.string(), text: z.string() }),
      once: ({ orderId }) => orderId,
      apply: () => ({ sent: true }),
    }),
  }),
})
