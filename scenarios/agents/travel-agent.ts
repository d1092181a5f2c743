/** An agent that books a tour: per city a flight and a hotel, both at once. */

import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

const input = z.object({ kind: z.enum(['flight', 'hotel']), city: z.string() })
const output = z.object({ reference: z.string() })

interface Bookings {
  book(
    input: { kind: 'flight' | 'hotel'; city: string },
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<{ reference: string }>
}

export const travelAgent = ({ bookings }: { bookings: Bookings }) => {
  const book = defineTool({
    name: 'book',
    description: 'Book a flight or a hotel in a city',
    effect: 'write',
    input,
    output,
    execute: (input, { key, signal }) => bookings.book(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({
    name: 'travel',
    instructions: 'Book a flight and a hotel in every city.',
    tools: [book],
    limits: { turns: 12 },
  })
}
