/** A library: books with long chapters, a reader's notebook, and somebody who sums things up. */

import { defineBackend } from 'stormproof'
import { z } from 'zod'

export const library = defineBackend({
  name: 'library',
  state: () => ({ notes: [] as string[] }),
  operations: ({ read, write }) => ({
    chapter: read({
      input: z.object({ book: z.string() }),
      consistent: true,
      answer: (_state, { book }) => ({ book, text: `${book} tells a long story. `.repeat(24) }),
    }),
    catalogue: read({
      input: z.object({}),
      consistent: true,
      answer: () => ({ shelf: 'all books stand on shelf 12' }),
    }),
    weather: read({
      input: z.object({}),
      consistent: true,
      answer: () => ({ sky: 'grey, with some rain in the afternoon' }),
    }),
    note: write({
      input: z.object({ book: z.string() }),
      keyed: true,
      once: ({ book }) => book,
      apply: (state, { book }) => {
        state.notes.push(book)
        return { page: state.notes.length }
      },
    }),
    sumUp: read({
      input: z.object({ text: z.string() }),
      consistent: true,
      answer: (_state, { text }) => ({ summary: `Read: ${text.length} characters of books.` }),
    }),
  }),
})
