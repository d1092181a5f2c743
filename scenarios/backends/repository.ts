/** A repository with one change waiting for review: comments and verdicts are kept, the service honours keys. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

const comment = z.object({ area: z.string(), text: z.string() })
const verdict = z.object({ decision: z.enum(['approve', 'request-changes']) })

export const repository = defineBackend({
  name: 'repository',
  state: () => ({ comments: [] as string[] }),
  operations: ({ read, write }) => ({
    diff: read({
      input: z.object({ path: z.string() }),
      consistent: true,
      answer: (_state, { path }) => ({ path, lines: '- const key = read(env)\n+ const key = "k-123"' }),
    }),
    comment: write({
      input: comment,
      keyed: true,
      once: ({ area }) => area,
      apply: (state, { area }) => {
        state.comments.push(area)
        return { id: `comment on ${area}` }
      },
    }),
    decide: write({ input: verdict, keyed: true, once: () => 'the change', apply: () => ({ done: true }) }),
  }),
})
