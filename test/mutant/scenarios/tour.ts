/** A tour booked as one saga whose last stage is always sold out: on the best of days, all that was booked is cancelled. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool, ToolFailure } from 'stormproof/runtime'
import { z } from 'zod'

const stage = z.object({ city: z.string() })

const hotels = defineBackend({
  name: 'rooms',
  state: () => ({ booked: [] as string[] }),
  operations: ({ write }) => ({
    book: write({
      input: stage,
      keyed: true,
      apply: (state, { city }) => {
        state.booked.push(city)
        return { room: `room in ${city}` }
      },
    }),
    cancel: write({
      input: stage,
      keyed: true,
      undoes: ({ city }) => ({ operation: 'book', matches: (input) => input.city === city }),
      apply: () => ({ cancelled: true }),
    }),
  }),
})

const guide = ({ rooms }: Clients<{ rooms: typeof hotels }>) => {
  const book = defineTool({
    name: 'book',
    description: 'Book a room in a city',
    effect: 'write',
    input: stage,
    output: z.object({ room: z.string() }),
    execute: (input, { key, signal }) => {
      if (input.city === 'Atlantis') throw new ToolFailure('sold out', { retry: 'never' })
      return rooms.book(input, { idempotencyKey: key, signal })
    },
    compensate: (input, { key, signal }) => rooms.cancel(input, { idempotencyKey: key, signal }),
  })
  return defineAgent({ name: 'guide', instructions: 'Book all stages, or none.', tools: [book], saga: true })
}

type Guide = ReturnType<typeof guide>

export const tour = (name: string, change: (agent: Guide) => Guide): Scenario =>
  defineScenario({
    name,
    backends: { rooms: hotels },
    agent: (services) => change(guide(services)),
    prompt: 'Book a tour through Lima, Oslo and Atlantis.',
    onFailure: 'go-on',
    model: ({ call, say }) => [
      call('book', { city: 'Lima' }),
      call('book', { city: 'Oslo' }),
      call('book', { city: 'Atlantis' }),
      say('All booked.'),
    ],
    success: ({ ledger }) => ledger.rooms.book.every((row) => row.compensated),
  })
