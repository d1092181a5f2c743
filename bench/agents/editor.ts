/** Everything at once: a window too small for what is read, a memory, and a subagent that reads for her. */

import type { Clients } from 'stormproof'
import { defineAgent } from 'stormproof/runtime'
import { readingTools } from '../../scenarios/agents/research-agent.ts'
import type { library } from '../../scenarios/backends/library.ts'

export function editor({ library: books }: Clients<{ library: typeof library }>) {
  const { read, note } = readingTools(books)
  const reader = defineAgent({
    name: 'reader',
    instructions: 'You read the book you are given and tell what it is about.',
    tools: [read],
    limits: { timeMs: 120_000 },
  })
  return defineAgent({
    name: 'editor',
    instructions: 'You read books and note each one.',
    tools: [read, note],
    subagents: { reader: { agent: reader, description: 'Reads a book and tells what it is about' } },
    context: {
      windowTokens: 2_000,
      budgets: { history: 700, toolResults: 300 },
      keepTurns: 1,
      summarise: async (text, { signal }) => (await books.sumUp({ text }, { signal })).summary,
    },
    memory: { items: 3 },
  })
}
