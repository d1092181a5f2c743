/** A shop's order API, met over plain HTTP: it keeps no idempotency keys, as many do not. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const shop = defineBackend({
  name: 'shop',
  baseUrl: 'https://api.shop.example',
  state: (draw) => ({
    orders: new Map([['A-7', { cents: draw.pick('cents', [4900, 1, 9_999_999]), refunded: 0 }]]),
    customer: draw.fake('customer', (faker) => ({ name: faker.person.fullName(), city: faker.location.city() })),
  }),
  operations: ({ read, write }) => ({
    order: read({
      http: 'GET /orders/:orderId',
      input: z.object({ orderId: z.string() }),
      answer: (state, { orderId }) => ({
        orderId,
        cents: state.orders.get(orderId)?.cents ?? 0,
        customer: state.customer.name,
        city: state.customer.city,
      }),
    }),
    refund: write({
      http: 'POST /orders/:orderId/refunds',
      input: z.object({ orderId: z.string(), cents: z.number().positive() }),
      once: ({ orderId }) => orderId,
      apply: (state, { orderId, cents }, draw) => {
        const order = state.orders.get(orderId)
        if (order) order.refunded += cents
        return { refundId: `r-${draw.int('refund', 1, 999)}` }
      },
    }),
  }),
})
