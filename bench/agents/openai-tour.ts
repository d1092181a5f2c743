/** A tour agent written by hand on the `openai` SDK: per city a flight and a hotel, both at once. Nothing in this file knows stormproof. */

import OpenAI from 'openai'
import type { ChatCompletionMessageParam, ChatCompletionMessageToolCall, ChatCompletionTool } from 'openai/resources'

const tools: ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'book',
      description: 'Book a flight or a hotel in a city',
      parameters: {
        type: 'object',
        properties: { kind: { type: 'string', enum: ['flight', 'hotel'] }, city: { type: 'string' } },
        required: ['kind', 'city'],
      },
    },
  },
]

/** The same booking carries the same key, however often it is asked for. */
async function book(body: string): Promise<string> {
  const { kind, city } = JSON.parse(body) as { kind: string; city: string }
  const answer = await fetch('https://api.tours.example/bookings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `${kind}-${city}` },
    body: JSON.stringify({ kind, city }),
  })
  if (!answer.ok) throw new Error(`not booked: ${answer.status}`)
  return JSON.stringify(await answer.json())
}

async function carryOut(call: ChatCompletionMessageToolCall): Promise<ChatCompletionMessageParam> {
  let content: string
  try {
    if (call.type !== 'function' || call.function.name !== 'book') throw new Error('there is no such tool')
    content = await book(call.function.arguments)
  } catch (error) {
    content = JSON.stringify({ error: (error as Error).message })
  }
  return { role: 'tool', tool_call_id: call.id, content }
}

/** Up to twelve turns: ask the model, run what it calls, all calls of a turn at once. */
export async function tourAgent(prompt: string): Promise<string> {
  const client = new OpenAI()
  const messages: ChatCompletionMessageParam[] = [
    { role: 'system', content: 'You book tours.' },
    { role: 'user', content: prompt },
  ]
  for (let turn = 0; turn < 12; turn++) {
    const { choices } = await client.chat.completions.create({ model: 'gpt-5', messages, tools })
    const message = choices[0]?.message
    if (!message) throw new Error('the model sent nothing')
    messages.push(message)
    const calls = message.tool_calls ?? []
    if (calls.length === 0) return message.content ?? ''
    messages.push(...(await Promise.all(calls.map(carryOut))))
  }
  throw new Error('too many turns')
}
