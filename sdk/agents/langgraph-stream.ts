/** The prebuilt agent of LangGraph.js, its answers read token by token. Nothing in this file knows stormproof. */

import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { tools } from './langchain-tools.ts'

export async function langgraphStream(
  prompt: string,
  llm: BaseChatModel = new ChatOpenAI({ model: 'gpt-5' }),
): Promise<string> {
  const agent = createReactAgent({ llm, tools })
  let text = ''
  const tokens = await agent.stream({ messages: [{ role: 'user', content: prompt }] }, { streamMode: 'messages' })
  for await (const [message] of tokens) text += message.text
  return text
}
