/** A shop's API over HTTP, with one order. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const api = 'https://api.shop.example'

export const shop = defineBackend({
  name: 'shop',
  baseUrl: api,
  state: () => ({ cents: 4900 }),
  operations: ({ read, write }) => ({
    order: read({
      http: 'GET /orders/:orderId',
      input: z.object({ orderId: z.string() }),
      answer: ({ cents }, { orderId }) => ({ orderId, cents }),
    }),
    refund: write({
      http: 'POST /orders/:orderId/refunds',
      input: z.object({ orderId: z.string() }),
      once: ({ orderId }) => orderId,
      apply: (_state, { orderId }) => ({ refundId: `r-${orderId}` }),
    }),
  }),
})

/** Faults under which an operation of the shop fails in one way only: for agents that cost real time whenever one fails. */
export const oneWayToFail = {
  without: [
    ...['tool/rate-limited', 'tool/timeout-before-effect', 'tool/timeout-after-effect', 'tool/garbage-result'],
    ...['tool/partial-effect', 'tool/late-result', 'tool/hang'],
  ],
}

/** Throws where the shop does not answer with 2xx. */
export async function get(path: string): Promise<unknown> {
  const answer = await fetch(`${api}${path}`)
  if (!answer.ok) throw new Error(`the shop said ${answer.status}`)
  return answer.json()
}

/** Throws where the shop does not answer with 2xx. */
export async function refund(orderId: string): Promise<unknown> {
  const answer = await fetch(`${api}/orders/${orderId}/refunds`, { method: 'POST' })
  if (!answer.ok) throw new Error(`the shop said ${answer.status}`)
  return answer.json()
}
