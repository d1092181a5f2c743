/** A graph by hand on LangGraph.js, its tool node under the SDK's own retry. Nothing in this file knows stormproof. */

import type { AIMessage } from '@langchain/core/messages'
import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { tools } from './langchain-tools.ts'

type State = typeof MessagesAnnotation.State

export async function langgraphRetry(prompt: string): Promise<string> {
  const llm = new ChatOpenAI({ model: 'gpt-5' }).bindTools(tools)
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('model', async ({ messages }: State) => ({ messages: [await llm.invoke(messages)] }))
    .addNode('tools', new ToolNode(tools, { handleToolErrors: false }), { retryPolicy: { maxAttempts: 3 } })
    .addEdge(START, 'model')
    .addEdge('tools', 'model')
    .addConditionalEdges('model', ({ messages }: State) =>
      (messages.at(-1) as AIMessage).tool_calls?.length ? 'tools' : END,
    )
    .compile()
  const { messages } = await graph.invoke({ messages: [{ role: 'user', content: prompt }] })
  return messages.at(-1)?.text ?? ''
}
