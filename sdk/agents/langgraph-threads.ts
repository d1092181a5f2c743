/** A desk on LangGraph.js that serves many: a conversation is a thread of its checkpointer. Nothing in this file knows stormproof. */

import { MemorySaver } from '@langchain/langgraph'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { tools } from './langchain-tools.ts'

export type Desk = (thread: string, prompt: string) => Promise<string>

/** One a process: what it remembers, all have said to it. */
export function openDesk(): Desk {
  const agent = createReactAgent({ llm: new ChatOpenAI({ model: 'gpt-5' }), tools, checkpointer: new MemorySaver() })
  return async (thread, prompt) => {
    const { messages } = await agent.invoke(
      { messages: [{ role: 'user', content: prompt }] },
      { configurable: { thread_id: thread } },
    )
    return messages.at(-1)?.text ?? ''
  }
}
