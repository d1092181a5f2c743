/** A loop by hand on the `openai` SDK, whole answers of Chat Completions. Nothing in this file knows stormproof. */

import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources'
import { carryOut, offered } from './shop-functions.ts'

export async function openaiLoop(prompt: string): Promise<string> {
  const client = new OpenAI()
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: prompt }]
  const tools = offered.map((each) => ({
    type: 'function' as const,
    function: { ...each, parameters: { ...each.parameters } },
  }))
  for (let turn = 0; turn < 8; turn++) {
    const { choices } = await client.chat.completions.create({ model: 'gpt-5', messages, tools })
    const message = choices[0]?.message
    if (!message) throw new Error('the model sent nothing')
    messages.push(message)
    if (!message.tool_calls?.length) return message.content ?? ''
    const results = await Promise.all(
      message.tool_calls.map(async (call) => ({
        role: 'tool' as const,
        tool_call_id: call.id,
        content: call.type === 'function' ? await carryOutText(call.function.name, call.function.arguments) : '{}',
      })),
    )
    messages.push(...results)
  }
  throw new Error('too many turns')
}

function carryOutText(name: string, text: string): Promise<string> | string {
  try {
    return carryOut(name, JSON.parse(text))
  } catch {
    return JSON.stringify({ error: 'the arguments are no JSON' })
  }
}
