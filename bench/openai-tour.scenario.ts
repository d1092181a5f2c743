/** Five turns, two parallel bookings a turn, on the `openai` SDK in the box: the foreign twin of the reference trial. */

import { defineBackend, defineScenario } from 'stormproof'
import { z } from 'zod'
import { tourAgent } from './agents/openai-tour.ts'

const cities = ['Lima', 'Oslo', 'Kyoto', 'Quito', 'Tunis'] as const

const tours = defineBackend({
  name: 'tours',
  baseUrl: 'https://api.tours.example',
  state: () => ({ booked: 0 }),
  operations: ({ write }) => ({
    book: write({
      http: 'POST /bookings',
      input: z.object({ kind: z.enum(['flight', 'hotel']), city: z.string() }),
      once: ({ kind, city }) => `${kind} ${city}`,
      keyed: true,
      apply: (state) => ({ reference: `b-${++state.booked}` }),
    }),
  }),
})

interface Tools {
  book: { execute(input: { kind: 'flight' | 'hotel'; city: string }): { reference: string } }
}

export default defineScenario<{ tours: typeof tours }, Tools, string>({
  name: 'openai-tour',
  backends: { tours },
  run: () => tourAgent(`Book a flight and a hotel in ${cities.join(', ')}.`),
  model: ({ call, say }) => [
    ...cities.map((city) => [call('book', { kind: 'flight', city }), call('book', { kind: 'hotel', city })] as const),
    say('All booked.'),
  ],
  success: ({ ledger }) => ledger.tours.book.length === 2 * cities.length,
})
