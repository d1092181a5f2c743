/** A loop by hand on `@anthropic-ai/sdk`, whole answers unless it is told how else to ask. Nothing in this file knows stormproof. */

import Anthropic from '@anthropic-ai/sdk'
import { carryOut, offered } from './shop-functions.ts'

const tools: Anthropic.Tool[] = offered.map(({ name, description, parameters }) => ({
  name,
  description,
  input_schema: parameters,
}))

type Ask = (client: Anthropic, asked: Anthropic.MessageCreateParamsNonStreaming) => PromiseLike<Anthropic.Message>

const whole: Ask = (client, asked) => client.messages.create(asked)

export async function anthropicLoop(prompt: string, ask = whole): Promise<string> {
  const client = new Anthropic()
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: prompt }]
  for (let turn = 0; turn < 8; turn++) {
    const answer = await ask(client, { model: 'claude-opus-4-8', max_tokens: 1024, messages, tools })
    messages.push({ role: 'assistant', content: answer.content })
    const calls = answer.content.filter((block) => block.type === 'tool_use')
    if (calls.length === 0) return answer.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    const results = await Promise.all(
      calls.map(async (call) => ({
        type: 'tool_result' as const,
        tool_use_id: call.id,
        content: await carryOut(call.name, call.input),
      })),
    )
    messages.push({ role: 'user', content: results })
  }
  throw new Error('too many turns')
}
