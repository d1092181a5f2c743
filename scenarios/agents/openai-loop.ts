/** A refund agent written by hand on the `openai` SDK: nothing in this file knows stormproof. */

import OpenAI from 'openai'
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources'

const api = 'https://api.shop.example'

const tools: ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'findOrder',
      description: 'Find an order by its id',
      parameters: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
    },
  },
  {
    type: 'function',
    function: {
      name: 'refundOrder',
      description: 'Refund an order',
      parameters: {
        type: 'object',
        properties: { orderId: { type: 'string' }, cents: { type: 'integer' } },
        required: ['orderId', 'cents'],
      },
    },
  },
]

async function findOrder({ orderId }: { orderId: string }): Promise<unknown> {
  const answer = await fetch(`${api}/orders/${orderId}`)
  if (!answer.ok) throw new Error(`no order: ${answer.status}`)
  return answer.json()
}

async function refundOrder({ orderId, cents }: { orderId: string; cents: number }): Promise<unknown> {
  const answer = await fetch(`${api}/orders/${orderId}/refunds`, { method: 'POST', body: JSON.stringify({ cents }) })
  if (!answer.ok) throw new Error(`refund failed: ${answer.status}`)
  return answer.json()
}

const functions: Record<string, (input: any) => Promise<unknown>> = { findOrder, refundOrder }

async function execute(name: string, text: string): Promise<string> {
  try {
    const run = functions[name]
    if (!run) throw new Error(`there is no tool ${name}`)
    return JSON.stringify(await run(JSON.parse(text)))
  } catch (error) {
    return JSON.stringify({ error: (error as Error).message })
  }
}

/** Up to eight turns: ask the model, run what it calls, all calls of a turn at once. */
export async function refundAgent(prompt: string): Promise<string> {
  const client = new OpenAI()
  const messages: ChatCompletionMessageParam[] = [
    { role: 'system', content: 'You refund orders.' },
    { role: 'user', content: prompt },
  ]
  for (let turn = 0; turn < 8; turn++) {
    const { choices } = await client.chat.completions.create({ model: 'gpt-5', messages, tools })
    const message = choices[0]?.message
    if (!message) throw new Error('the model sent nothing')
    messages.push(message)
    const calls = message.tool_calls ?? []
    if (calls.length === 0) return message.content ?? ''
    const results = await Promise.all(
      calls.map((call) => (call.type === 'function' ? execute(call.function.name, call.function.arguments) : '{}')),
    )
    calls.forEach((call, index) => {
      messages.push({ role: 'tool', tool_call_id: call.id, content: results[index] as string })
    })
  }
  throw new Error('too many turns')
}
