/** One agent that decides about a change, and two that read it for her, each with an eye for one thing. */

import type { Clients } from 'stormproof'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'
import type { repository } from '../backends/repository.ts'

export function reviewAgent({ repository: code }: Clients<{ repository: typeof repository }>) {
  const diff = defineTool({
    name: 'diff',
    description: 'Read what a file changes',
    effect: 'read',
    input: z.object({ path: z.string() }),
    output: z.object({ path: z.string(), lines: z.string() }),
    execute: (input, { signal }) => code.diff(input, { signal }),
  })
  const comment = defineTool({
    name: 'comment',
    description: 'Comment on the change',
    effect: 'write',
    input: z.object({ area: z.string(), text: z.string() }),
    output: z.object({ id: z.string() }),
    execute: (input, { key, signal }) => code.comment(input, { idempotencyKey: key, signal }),
  })
  const decide = defineTool({
    name: 'decide',
    description: 'Decide about the change',
    effect: 'write',
    input: z.object({ decision: z.enum(['approve', 'request-changes']) }),
    output: z.object({ done: z.boolean() }),
    execute: (input, { key, signal }) => code.decide(input, { idempotencyKey: key, signal }),
  })
  const reviewer = (area: string) =>
    defineAgent({
      name: `${area}-reviewer`,
      instructions: `You review changes for ${area}. Comment once.`,
      tools: [diff, comment],
      limits: { timeMs: 120_000 },
    })
  return defineAgent({
    name: 'reviewer',
    instructions: 'You decide about changes, after both reviewers have told you what they found.',
    tools: [decide],
    subagents: {
      security: { agent: reviewer('security'), description: 'Reviews a change for security' },
      style: { agent: reviewer('style'), description: 'Reviews a change for style' },
    },
    guards: { marking: true },
  })
}
