/** An editor and two reporters. Each remembers what it has learnt, in a store of its own that outlives the day. */

import type { Clients } from 'stormproof'
import { defineAgent, defineTool, semanticStore } from 'stormproof/runtime'
import { z } from 'zod'
import type { newspaper } from '../backends/newspaper.ts'

/** What was filed or printed is worth keeping for days to come, and so is what comes of two steps; what a source says is not. */
const memory = () => ({
  items: 4,
  semantic: semanticStore(),
  importance: ({ tool }: { tool: string }) => (tool === 'ask' ? 0.5 : 0.8),
  reflect: (items: readonly { id: string; text: string }[]) => [
    { text: `It began with ${items[0]?.text.slice(0, 40)}`, sources: items.map(({ id }) => id) },
  ],
  reflectAfter: 2,
})

const context = { windowTokens: 8_000, budgets: { documents: 800 } }

export function newsroom({ newspaper: paper }: Clients<{ newspaper: typeof newspaper }>) {
  const ask = defineTool({
    name: 'ask',
    description: 'Ask a source',
    effect: 'read',
    input: z.object({ source: z.string() }),
    output: z.object({ source: z.string(), said: z.string() }),
    execute: (input, { signal }) => paper.ask(input, { signal }),
  })
  const file = defineTool({
    name: 'file',
    description: 'File the story of a desk',
    effect: 'write',
    input: z.object({ desk: z.string(), text: z.string() }),
    output: z.object({ story: z.string() }),
    execute: (input, { key, signal }) => paper.file(input, { idempotencyKey: key, signal }),
  })
  const print = defineTool({
    name: 'print',
    description: 'Have the paper printed',
    effect: 'write',
    input: z.object({ stories: z.int() }),
    output: z.object({ done: z.boolean() }),
    execute: (input, { key, signal }) => paper.print(input, { idempotencyKey: key, signal }),
  })
  const reporter = (desk: string) =>
    defineAgent({
      name: `${desk}-reporter`,
      instructions: `You report for the ${desk} desk. File one story.`,
      tools: [ask, file],
      limits: { timeMs: 120_000 },
      guards: { marking: true },
      context,
      memory: memory(),
    })
  return defineAgent({
    name: 'editor',
    instructions: 'You make the paper of today, out of what both reporters file.',
    tools: [print],
    subagents: {
      city: { agent: reporter('city'), description: 'Reports on the city' },
      sport: { agent: reporter('sport'), description: 'Reports on sport' },
    },
    guards: { marking: true },
    context,
    memory: memory(),
  })
}
