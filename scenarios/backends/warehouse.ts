/** A database of events: a query reads, and every other statement changes something, which the ledger shows. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

const statement = z.object({ sql: z.string() })

export const warehouse = defineBackend({
  name: 'warehouse',
  state: (draw) => ({ rows: Number(draw.pick('rows', [3, 1, 1_000])) }),
  operations: ({ read, write }) => ({
    query: read({ input: statement, answer: ({ rows }) => ({ rows }) }),
    change: write({
      input: statement,
      apply: (state) => {
        state.rows = 0
        return { rows: 0 }
      },
    }),
  }),
})
