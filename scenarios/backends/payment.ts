/** A payment service that takes an order's money once, and gives it back by order. A cancelled order can no longer be charged. */

import { defineBackend } from 'stormproof'
import { ToolFailure } from 'stormproof/runtime'
import { z } from 'zod'

export const payment = defineBackend({
  name: 'payment',
  state: () => ({ cancelled: new Set<string>() }),
  operations: ({ write }) => ({
    charge: write({
      input: z.object({ orderId: z.string(), cents: z.int().positive() }),
      once: ({ orderId }) => orderId,
      keyed: true,
      apply: ({ cancelled }, { orderId }) => {
        // A charge that was still on its way when its order was taken back must not land behind the refund.
        if (cancelled.has(orderId)) throw new ToolFailure('the order was cancelled', { retry: 'never' })
        return { chargeId: `ch_${orderId}` }
      },
    }),
    refund: write({
      input: z.object({ orderId: z.string() }),
      keyed: true,
      undoes: ({ orderId }) => ({
        operation: 'charge',
        matches: (charge: { orderId: string }) => charge.orderId === orderId,
      }),
      apply: ({ cancelled }, { orderId }) => {
        cancelled.add(orderId)
        return { refundId: `re_${orderId}` }
      },
    }),
  }),
})
