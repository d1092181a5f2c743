/** A support agent on Vercel's AI SDK, as people have it today: nothing in this file knows stormproof. */

import { openai } from '@ai-sdk/openai'
import { generateText, stepCountIs, tool } from 'ai'
import { z } from 'zod'

const api = 'https://api.shop.example'

export const tools = {
  findOrder: tool({
    description: 'Find an order by its id',
    inputSchema: z.object({ orderId: z.string() }),
    execute: async ({ orderId }): Promise<{ orderId: string; cents: number }> =>
      (await fetch(`${api}/orders/${orderId}`)).json() as Promise<{ orderId: string; cents: number }>,
  }),
  refundOrder: tool({
    description: 'Refund an order',
    inputSchema: z.object({ orderId: z.string(), cents: z.number().int().positive() }),
    execute: async ({ orderId, cents }): Promise<{ refundId: string }> => {
      const answer = await fetch(`${api}/orders/${orderId}/refunds`, {
        method: 'POST',
        body: JSON.stringify({ cents }),
      })
      if (!answer.ok) throw new Error(`refund failed: ${answer.status}`)
      return answer.json() as Promise<{ refundId: string }>
    },
  }),
}

export async function supportAgent(prompt: string): Promise<string> {
  const { text } = await generateText({ model: openai('gpt-5'), tools, prompt, stopWhen: stepCountIs(8) })
  return text
}
