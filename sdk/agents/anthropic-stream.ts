/** The loop by hand on `@anthropic-ai/sdk`, over its message stream. Nothing in this file knows stormproof. */

import { anthropicLoop } from './anthropic-loop.ts'

export const anthropicStream = (prompt: string): Promise<string> =>
  anthropicLoop(prompt, (client, asked) => client.messages.stream(asked).finalMessage())
