/** The tour on each SDK as a scenario: five turns of two parallel calls and a last word. */

import { defineBackend, defineScenario } from 'stormproof'
import { z } from 'zod'
import { nodeHttpTour } from './node-http-tour.ts'
import * as tours from './tours.ts'

const cities = ['Lima', 'Oslo', 'Kyoto', 'Quito', 'Tunis'] as const

const desk = defineBackend({
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

const tour = (name: string, run: () => Promise<string>) =>
  defineScenario<{ tours: typeof desk }, Tools, string>({
    name,
    backends: { tours: desk },
    run,
    model: ({ call, say }) => [
      ...cities.map((city) => [call('book', { kind: 'flight', city }), call('book', { kind: 'hotel', city })] as const),
      say('All booked.'),
    ],
    success: ({ ledger }) => ledger.tours.book.length === 2 * cities.length,
  })

export const openai = tour('openai', tours.openaiTour)
export const anthropic = tour('anthropic', tours.anthropicTour)
export const generateText = tour('generateText', tours.generateTextTour)
export const openaiAgents = tour('openaiAgents', tours.openaiAgentsTour)
export const langgraph = tour('langgraph', tours.langgraphTour)
export const nodeHttp = tour('nodeHttp', nodeHttpTour)
