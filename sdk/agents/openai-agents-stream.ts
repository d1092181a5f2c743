/** An agent on the OpenAI Agents SDK, its answers read as they stream. Nothing in this file knows stormproof. */

import { type Model, run } from '@openai/agents'
import { clerk } from './openai-agents.ts'

export async function openaiAgentsStream(prompt: string, model: string | Model = 'gpt-5'): Promise<string> {
  const result = await run(clerk.clone({ model }), prompt, { maxTurns: 8, stream: true })
  let text = ''
  for await (const part of result.toTextStream()) text += part
  await result.completed
  return text
}
