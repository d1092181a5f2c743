/** A loop by hand whose tools come from an MCP server in the same process. Nothing in this file knows stormproof. */

import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam, ChatCompletionMessageToolCall } from 'openai/resources'
import { z } from 'zod'
import * as shop from './shop-api.ts'

function shopServer(): McpServer {
  const server = new McpServer({ name: 'shop', version: '1.0.0' })
  const text = (value: unknown) => ({ content: [{ type: 'text' as const, text: JSON.stringify(value) }] })
  server.registerTool(
    'findOrder',
    { description: 'Find an order by its id', inputSchema: { orderId: z.string() } },
    async (input) => text(await shop.findOrder(input)),
  )
  server.registerTool(
    'charge',
    { description: 'Charge the customer for an order', inputSchema: { orderId: z.string(), cents: z.number().int() } },
    async (input) => text(await shop.charge(input)),
  )
  server.registerTool(
    'mail',
    { description: 'Mail the customer about an order', inputSchema: { orderId: z.string(), text: z.string() } },
    async (input) => text(await shop.mail(input)),
  )
  return server
}

export async function mcpAgent(prompt: string): Promise<string> {
  const [here, there] = InMemoryTransport.createLinkedPair()
  const server = shopServer()
  const client = new Client({ name: 'clerk', version: '1.0.0' })
  await Promise.all([server.connect(there), client.connect(here)])
  try {
    return await loop(client, prompt)
  } finally {
    await client.close()
  }
}

async function loop(client: Client, prompt: string): Promise<string> {
  const model = new OpenAI()
  const listed = await client.listTools()
  const tools = listed.tools.map(({ name, description, inputSchema }) => ({
    type: 'function' as const,
    function: { name, description: description ?? '', parameters: inputSchema },
  }))
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: prompt }]
  for (let turn = 0; turn < 8; turn++) {
    const { choices } = await model.chat.completions.create({ model: 'gpt-5', messages, tools })
    const message = choices[0]?.message
    if (!message) throw new Error('the model sent nothing')
    messages.push(message)
    if (!message.tool_calls?.length) return message.content ?? ''
    messages.push(...(await Promise.all(message.tool_calls.map((call) => ask(client, call)))))
  }
  throw new Error('too many turns')
}

async function ask(client: Client, call: ChatCompletionMessageToolCall): Promise<ChatCompletionMessageParam> {
  const content = call.type === 'function' ? await answerOf(client, call.function.name, call.function.arguments) : '{}'
  return { role: 'tool', tool_call_id: call.id, content }
}

/** What the server says is what the model reads, an error included. */
async function answerOf(client: Client, name: string, text: string): Promise<string> {
  try {
    const { content } = await client.callTool({ name, arguments: JSON.parse(text) })
    return (content as { text?: string }[]).map((part) => part.text ?? '').join('\n')
  } catch (error) {
    return JSON.stringify({ error: (error as Error).message })
  }
}
