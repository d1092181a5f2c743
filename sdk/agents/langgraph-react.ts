/** The prebuilt agent of LangGraph.js on `ChatOpenAI`, at its defaults. Nothing in this file knows stormproof. */

import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { tools } from './langchain-tools.ts'

export async function langgraphReact(
  prompt: string,
  llm: BaseChatModel = new ChatOpenAI({ model: 'gpt-5' }),
): Promise<string> {
  const agent = createReactAgent({ llm, tools })
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: prompt }] })
  return messages.at(-1)?.text ?? ''
}
