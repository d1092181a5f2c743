/** A loop by hand on the `openai` SDK that reads its answers as they stream. Nothing in this file knows stormproof. */

import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources'
import { carryOut, offered } from './shop-functions.ts'

interface Call {
  id: string
  name: string
  text: string
}

/** How a call's text becomes its input. */
type Parse = (text: string) => unknown

const tools = offered.map((each) => ({
  type: 'function' as const,
  function: { ...each, parameters: { ...each.parameters } },
}))

export async function openaiStream(prompt: string, parse: Parse = JSON.parse): Promise<string> {
  const client = new OpenAI()
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: prompt }]
  for (let turn = 0; turn < 8; turn++) {
    const { content, calls } = await read(client, messages)
    if (calls.length === 0) return content
    messages.push({
      role: 'assistant',
      content,
      tool_calls: calls.map(({ id, name, text }) => ({ id, type: 'function', function: { name, arguments: text } })),
    })
    const results = await Promise.all(
      calls.map(async (call) => ({ role: 'tool' as const, tool_call_id: call.id, content: await answer(call, parse) })),
    )
    messages.push(...results)
  }
  throw new Error('too many turns')
}

async function read(
  client: OpenAI,
  messages: ChatCompletionMessageParam[],
): Promise<{ content: string; calls: Call[] }> {
  let content = ''
  const calls: Call[] = []
  for await (const chunk of await client.chat.completions.create({ model: 'gpt-5', messages, tools, stream: true })) {
    const delta = chunk.choices[0]?.delta
    content += delta?.content ?? ''
    for (const part of delta?.tool_calls ?? []) {
      calls[part.index] ??= { id: '', name: '', text: '' }
      const call = calls[part.index] as Call
      call.id ||= part.id ?? ''
      call.name ||= part.function?.name ?? ''
      call.text += part.function?.arguments ?? ''
    }
  }
  return { content, calls: calls.filter(Boolean) }
}

async function answer({ name, text }: Call, parse: Parse): Promise<string> {
  try {
    return await carryOut(name, await parse(text))
  } catch {
    return JSON.stringify({ error: 'the arguments are no JSON' })
  }
}
