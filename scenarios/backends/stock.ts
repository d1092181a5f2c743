/** A stock service: articles are reserved for an order and released by it. A released order can no longer reserve. */

import { defineBackend } from 'stormproof'
import { ToolFailure } from 'stormproof/runtime'
import { z } from 'zod'

export const stock = defineBackend({
  name: 'stock',
  state: () => ({ released: new Set<string>() }),
  operations: ({ write }) => ({
    reserve: write({
      input: z.object({ orderId: z.string(), sku: z.string(), count: z.int().positive() }),
      once: ({ orderId, sku }) => `${orderId}/${sku}`,
      keyed: true,
      apply: ({ released }, { orderId }) => {
        if (released.has(orderId)) throw new ToolFailure('the order was released', { retry: 'never' })
        return { reservationId: `rs_${orderId}` }
      },
    }),
    release: write({
      input: z.object({ orderId: z.string() }),
      keyed: true,
      undoes: ({ orderId }) => ({
        operation: 'reserve',
        matches: (made: { orderId: string }) => made.orderId === orderId,
      }),
      apply: ({ released }, { orderId }) => {
        released.add(orderId)
        return { released: true }
      },
    }),
  }),
})
