/** A library whose books come in pages: two of them, unless somebody makes it endless. */

import { z } from 'zod'
import { defineBackend } from '../../../../src/index.js'
import { patience, ServiceError } from './honest.js'

const url = 'https://shelf.example'

export const shelf = defineBackend({
  name: 'shelf',
  baseUrl: url,
  state: () => ({ books: ['Emma', 'Persuasion', 'Middlemarch'] }),
  operations: ({ read }) => ({
    books: read({
      http: 'GET /books',
      input: z.object({ from: z.string().optional() }),
      answer: ({ books }, { from }) =>
        from === 'p2' ? { items: books.slice(2), next: null } : { items: books.slice(0, 2), next: 'p2' },
    }),
  }),
})

interface Page {
  readonly items: readonly string[]
  readonly next: string | null
}

export async function pageOf(from: string, signal: AbortSignal): Promise<Page> {
  const answer = await fetch(`${url}/books?from=${encodeURIComponent(from)}`, { signal: patience(signal) })
  if (!answer.ok) throw new ServiceError(answer.status)
  return (await answer.json()) as Page
}
