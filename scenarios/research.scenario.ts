/** Eight books, more than a prompt may hold of them: whatever it shows as a reference only, every book is noted once. */

import { defineScenario } from 'stormproof'
import { researchAgent } from './agents/research-agent.ts'
import { library } from './backends/library.ts'

const books = ['Emma', 'Ulysses', 'Dracula', 'Walden', 'Middlemarch', 'Persuasion', 'Kim', 'Candide'] as const

export default defineScenario({
  name: 'research',
  backends: { library },
  agent: researchAgent,
  prompt: `Read and note ${books.join(', ')}.`,
  model: ({ call, say }) => [
    [call('weather', {}), call('catalogue', {})],
    ...books.flatMap((book) => [call('read', { book }), call('note', { book })]),
    say('All read and noted.'),
  ],
  always: {
    'a book is noted once': ({ ledger }) =>
      new Set(ledger.library.note.map(({ input }) => input.book)).size === ledger.library.note.length,
  },
  success: ({ ledger }) => ledger.library.note.length === books.length,
})
