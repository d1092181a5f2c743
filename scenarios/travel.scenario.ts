/** Five turns, two parallel bookings a turn: the reference trial that speed is measured by. */

import { defineScenario } from 'stormproof'
import { travelAgent } from './agents/travel-agent.ts'
import { bookings } from './backends/bookings.ts'

const cities = ['Lima', 'Oslo', 'Kyoto', 'Quito', 'Tunis'] as const

export default defineScenario({
  name: 'travel',
  backends: { bookings },
  agent: travelAgent,
  prompt: `Book a flight and a hotel in ${cities.join(', ')}.`,
  model: ({ call, say }) => [
    ...cities.map((city) => [call('book', { kind: 'flight', city }), call('book', { kind: 'hotel', city })] as const),
    say('All booked.'),
  ],
  always: {
    'nothing is booked twice': ({ ledger }) =>
      new Set(ledger.bookings.book.map(({ input }) => `${input.kind} ${input.city}`)).size ===
      ledger.bookings.book.length,
  },
  success: ({ ledger }) => ledger.bookings.book.length === 2 * cities.length,
})
