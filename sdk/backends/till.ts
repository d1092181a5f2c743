/** A till and a journal over plain HTTP. What carries an idempotency key is done once; the journal outlives whoever writes in it. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const till = defineBackend({
  name: 'till',
  baseUrl: 'https://api.till.example',
  state: (draw) => ({ cents: draw.pick('cents', [4900, 120]), journals: new Map<string, string>() }),
  operations: ({ read, write }) => ({
    order: read({
      http: 'GET /orders/:orderId',
      input: z.object({ orderId: z.string() }),
      consistent: true,
      answer: ({ cents }, { orderId }) => ({ orderId, cents }),
    }),
    charge: write({
      http: 'POST /orders/:orderId/charges',
      input: z.object({ orderId: z.string(), cents: z.number() }),
      once: ({ orderId }) => orderId,
      keyed: true,
      apply: (_state, { cents }, draw) => ({ chargeId: `c-${draw.int('charge', 100, 999)}`, cents }),
    }),
    recall: read({
      http: 'GET /journals/:session',
      input: z.object({ session: z.string() }),
      // Who goes on where somebody stopped reads the last line, or nothing can be built on it.
      consistent: true,
      answer: ({ journals }, { session }) => ({ text: journals.get(session) ?? '' }),
    }),
    note: write({
      http: 'POST /journals/:session',
      input: z.object({ session: z.string(), text: z.string() }),
      once: ({ session, text }) => `${session} ${text}`,
      keyed: true,
      apply: ({ journals }, { session, text }) => {
        journals.set(session, text)
        return { noted: text.length }
      },
    }),
  }),
})
