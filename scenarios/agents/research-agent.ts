/** An agent that reads more than its window holds: old turns are summed up, notes stay, what it learnt is remembered. */

import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

interface Library {
  chapter(input: { book: string }, options: { signal: AbortSignal }): Promise<{ book: string; text: string }>
  catalogue(input: object, options: { signal: AbortSignal }): Promise<{ shelf: string }>
  weather(input: object, options: { signal: AbortSignal }): Promise<{ sky: string }>
  note(input: { book: string }, options: { idempotencyKey: string; signal: AbortSignal }): Promise<{ page: number }>
  sumUp(input: { text: string }, options: { signal: AbortSignal }): Promise<{ summary: string }>
}

const aBook = z.object({ book: z.string() })

/** How one reads a chapter and notes a book. */
export function readingTools(library: Pick<Library, 'chapter' | 'note'>) {
  const read = defineTool({
    name: 'read',
    description: 'Read a chapter of a book',
    effect: 'read',
    input: aBook,
    output: z.object({ book: z.string(), text: z.string() }),
    execute: (input, { signal }) => library.chapter(input, { signal }),
  })
  const note = defineTool({
    name: 'note',
    description: 'Write a book into the notebook',
    effect: 'write',
    input: aBook,
    output: z.object({ page: z.int() }),
    execute: (input, { key, signal }) => library.note(input, { idempotencyKey: key, signal }),
  })
  return { read, note }
}

/** A second opinion: nothing is noted that the user did not name. */
const isAsked = ({ kind, prompt, input }: { kind: string; prompt: string; input?: unknown }): boolean =>
  kind === 'answer' || prompt.includes((input as { book: string }).book)

export const researchAgent = ({ library }: { library: Library }) => {
  const { read, note } = readingTools(library)
  const catalogue = defineTool({
    name: 'catalogue',
    description: 'Find out where the books stand',
    effect: 'read',
    input: z.object({}),
    output: z.object({ shelf: z.string() }),
    execute: (input, { signal }) => library.catalogue(input, { signal }),
  })
  const weather = defineTool({
    name: 'weather',
    description: 'Look out of the window',
    effect: 'read',
    input: z.object({}),
    output: z.object({ sky: z.string() }),
    execute: (input, { signal }) => library.weather(input, { signal }),
  })
  return defineAgent({
    name: 'research',
    instructions: 'Read every book and note each one.',
    tools: [read, catalogue, weather, note],
    limits: { turns: 40 },
    context: {
      windowTokens: 8_000,
      budgets: { history: 300, toolResults: 1_500, documents: 600 },
      keepTurns: 2,
      tags: { weather: 'ephemeral', catalogue: 'persistent' },
      summarise: async (text, { signal }) => (await library.sumUp({ text }, { signal })).summary,
    },
    memory: { items: 3, ttlMs: 3_600_000 },
    guards: { input: true, verify: isAsked },
    sinks: [{ name: 'errors', log: ({ level, text }) => level === 'error' && console.error(text) }],
  })
}
