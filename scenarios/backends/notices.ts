/** Notices to customers: what was sent cannot be taken back. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const notices = defineBackend({
  name: 'notices',
  state: () => ({}),
  operations: ({ write }) => ({
    send: write({
      input: z.object({ orderId: z.string(), chargeId: z.string(), reservationId: z.string() }),
      once: ({ orderId }) => orderId,
      keyed: true,
      apply: (_state, { orderId }) => ({ noticeId: `no_${orderId}` }),
    }),
  }),
})
