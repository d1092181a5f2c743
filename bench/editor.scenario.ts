/** A trial with context compaction, memory and a subagent, for the bench of speed. */

import { defineScenario, policy } from 'stormproof'
import { library } from '../scenarios/backends/library.ts'
import { editor } from './agents/editor.ts'

const books = ['Emma', 'Kim', 'Walden', 'Dracula']

export default defineScenario({
  name: 'editor',
  backends: { library },
  agent: editor,
  prompt: `Read and note ${books.join(', ')}.`,
  model: policy(({ messages, turn }, { call, say }) => {
    if ((messages[0]?.text ?? '').includes('tell what it is about'))
      return turn === 1 ? [call('read', { book: books[0] as string })] : say('A story about a young woman.')
    if (turn === 1) return [call('reader', { task: `Read ${books[0]}.` })]
    const step = turn - 2
    const book = books[Math.floor(step / 2) + 1]
    if (book === undefined) return say('All read and noted.')
    return [call(step % 2 === 0 ? 'read' : 'note', { book })]
  }),
  success: ({ ledger }) => ledger.library.note.length === books.length - 1,
})
