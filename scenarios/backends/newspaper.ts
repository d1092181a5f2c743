/** A newspaper: what sources say, the stories that were filed, and the paper that goes to print once a day. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const newspaper = defineBackend({
  name: 'newspaper',
  state: () => ({ stories: [] as string[] }),
  operations: ({ read, write }) => ({
    ask: read({
      input: z.object({ source: z.string() }),
      answer: (_state, { source }) => ({ source, said: `the ${source} has nothing to add to what is known` }),
    }),
    file: write({
      input: z.object({ desk: z.string(), text: z.string() }),
      keyed: true,
      once: ({ desk }) => desk,
      apply: (state, { desk }) => {
        state.stories.push(desk)
        return { story: `story of the ${desk} desk` }
      },
    }),
    print: write({
      input: z.object({ stories: z.int() }),
      keyed: true,
      once: () => 'the paper of today',
      apply: () => ({ done: true }),
    }),
  }),
})
