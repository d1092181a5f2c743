/** A loop by hand on `openai` that can be started again: it writes its conversation in a journal before it acts on it. Nothing in this file knows stormproof. */

import { createHash } from 'node:crypto'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam, ChatCompletionMessageToolCall } from 'openai/resources'

const api = 'https://api.till.example'

/** Tries until it is answered: whatever is sent here may be sent again. */
async function ask(path: string, body?: object, key = ''): Promise<any> {
  const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) }
  for (let attempt = 1; ; attempt++) {
    try {
      const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
      const answer = await fetch(`${api}${path}`, { ...init, signal: AbortSignal.timeout(20_000) })
      if (answer.ok) return await answer.json()
      if (answer.status < 429) throw new TypeError(`${path} answered ${answer.status}`)
    } catch (error) {
      if (error instanceof TypeError && error.message.startsWith(path)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 500 * 2 ** attempt)))
  }
}

const tools = [
  { name: 'findOrder', properties: { orderId: { type: 'string' } } },
  { name: 'charge', properties: { orderId: { type: 'string' }, cents: { type: 'integer' } } },
].map(({ name, properties }) => ({
  type: 'function' as const,
  function: { name, parameters: { type: 'object', properties, required: Object.keys(properties) } },
}))

/** The key under which an order is charged. */
export type KeyOf = (session: string, orderId: string, cents: number) => string

/** The same whoever asks, and whenever: what is charged is in it, and nothing else. */
const steady: KeyOf = (session, orderId, cents) => `${session}/charge/${orderId}/${cents}`

async function carryOut(session: string, call: ChatCompletionMessageToolCall, keyOf: KeyOf): Promise<string> {
  if (call.type !== 'function') return 'there is no such tool'
  try {
    const { orderId, cents } = JSON.parse(call.function.arguments)
    if (call.function.name === 'findOrder') return JSON.stringify(await ask(`/orders/${orderId}`))
    return JSON.stringify(await ask(`/orders/${orderId}/charges`, { cents }, keyOf(session, orderId, cents)))
  } catch (error) {
    return JSON.stringify({ error: (error as Error).message })
  }
}

/** After a crash the model may answer something else: what is written then has another key. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Starts a session, or goes on with what its journal holds. */
export async function openaiResumable(session: string, prompt: string, keyOf = steady): Promise<string> {
  const client = new OpenAI()
  const { text } = await ask(`/journals/${session}`)
  const messages: ChatCompletionMessageParam[] = text ? JSON.parse(text) : [{ role: 'user', content: prompt }]
  for (let turn = 0; turn < 8; turn++) {
    const last = messages.at(-1)
    if (last?.role === 'assistant' && !last.tool_calls?.length) return String(last.content ?? '')
    if (last?.role === 'assistant') {
      const calls = last.tool_calls ?? []
      const contents = await Promise.all(calls.map((call) => carryOut(session, call, keyOf)))
      for (const [at, { id }] of calls.entries())
        messages.push({ role: 'tool', tool_call_id: id, content: contents[at]! })
    } else {
      const { choices } = await client.chat.completions.create({ model: 'gpt-5', messages, tools })
      messages.push(choices[0]!.message)
    }
    const journal = JSON.stringify(messages)
    await ask(`/journals/${session}`, { text: journal }, `${session}/${digest(journal)}`)
  }
  throw new Error('too many turns')
}
