/** The tour on each SDK, at its defaults. Nothing in this file knows stormproof. */

import { openai } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { tool as langchainTool } from '@langchain/core/tools'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { Agent, tool as agentsTool, run } from '@openai/agents'
import { generateText, stepCountIs, tool } from 'ai'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources'
import { z } from 'zod'
import { book, instructions, parameters, prompt } from './tour-tools.ts'

const schema = z.object({ kind: z.enum(['flight', 'hotel']), city: z.string() })
const description = 'Book a flight or a hotel in a city'

export async function openaiTour(): Promise<string> {
  const client = new OpenAI()
  const tools = [{ type: 'function' as const, function: { name: 'book', description, parameters } }]
  const messages: ChatCompletionMessageParam[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: prompt },
  ]
  for (let turn = 0; turn < 12; turn++) {
    const { choices } = await client.chat.completions.create({ model: 'gpt-5', messages, tools })
    const message = choices[0]!.message
    messages.push(message)
    if (!message.tool_calls?.length) return message.content ?? ''
    const results = message.tool_calls.map(async (call) => ({
      role: 'tool' as const,
      tool_call_id: call.id,
      content: call.type === 'function' ? JSON.stringify(await book(JSON.parse(call.function.arguments))) : '',
    }))
    messages.push(...(await Promise.all(results)))
  }
  throw new Error('too many turns')
}

export async function anthropicTour(): Promise<string> {
  const client = new Anthropic()
  const tools = [{ name: 'book', description, input_schema: parameters }]
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: prompt }]
  for (let turn = 0; turn < 12; turn++) {
    const asked = { model: 'claude-opus-4-8', max_tokens: 1024, system: instructions, messages, tools }
    const { content } = await client.messages.create(asked)
    messages.push({ role: 'assistant', content })
    const calls = content.filter((block) => block.type === 'tool_use')
    if (calls.length === 0) return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    const results = calls.map(async ({ id, input }) => ({
      type: 'tool_result' as const,
      tool_use_id: id,
      content: JSON.stringify(await book(input as Parameters<typeof book>[0])),
    }))
    messages.push({ role: 'user', content: await Promise.all(results) })
  }
  throw new Error('too many turns')
}

export async function generateTextTour(): Promise<string> {
  const tools = { book: tool({ description, inputSchema: schema, execute: book }) }
  const settings = { model: openai('gpt-5'), system: instructions, prompt, tools }
  const { text } = await generateText({ ...settings, stopWhen: stepCountIs(12) })
  return text
}

const guide = new Agent({
  name: 'guide',
  instructions,
  model: 'gpt-5',
  tools: [agentsTool({ name: 'book', description, parameters: schema, execute: book })],
})

export async function openaiAgentsTour(): Promise<string> {
  const { finalOutput } = await run(guide, prompt, { maxTurns: 12 })
  return finalOutput ?? ''
}

const langgraphTools = [
  langchainTool(async (input) => JSON.stringify(await book(input)), { name: 'book', description, schema }),
]

export async function langgraphTour(): Promise<string> {
  const agent = createReactAgent({
    llm: new ChatOpenAI({ model: 'gpt-5' }),
    tools: langgraphTools,
    prompt: instructions,
  })
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: prompt }] })
  return messages.at(-1)?.text ?? ''
}
