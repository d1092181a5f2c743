/** A booking service: one seat or room a reference, and it honours idempotency keys. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const bookings = defineBackend({
  name: 'bookings',
  state: () => ({ booked: new Map<string, number>() }),
  operations: ({ write }) => ({
    book: write({
      input: z.object({ kind: z.enum(['flight', 'hotel']), city: z.string() }),
      once: ({ kind, city }) => `${kind} ${city}`,
      keyed: true,
      apply: (state, { kind, city }) => {
        const reference = `${kind}-${city}`
        state.booked.set(reference, (state.booked.get(reference) ?? 0) + 1)
        return { reference: `${reference}-${state.booked.get(reference)}` }
      },
    }),
  }),
})
