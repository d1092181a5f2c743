/** An agent on the OpenAI Agents SDK, at its defaults: Responses, tracing on. Nothing in this file knows stormproof. */

import { Agent, type Model, run, tool } from '@openai/agents'
import { z } from 'zod'
import * as shop from './shop-api.ts'

const findOrder = tool({
  name: 'findOrder',
  description: 'Find an order by its id',
  parameters: z.object({ orderId: z.string() }),
  execute: (input) => shop.findOrder(input),
})
const charge = tool({
  name: 'charge',
  description: 'Charge the customer for an order',
  parameters: z.object({ orderId: z.string(), cents: z.number().int() }),
  execute: (input) => shop.charge(input),
})
const mail = tool({
  name: 'mail',
  description: 'Mail the customer about an order',
  parameters: z.object({ orderId: z.string(), text: z.string() }),
  execute: (input) => shop.mail(input),
})

export const clerk = new Agent({
  name: 'clerk',
  instructions: 'You handle orders.',
  tools: [findOrder, charge, mail],
})

export async function openaiAgents(prompt: string, model: string | Model = 'gpt-5'): Promise<string> {
  const { finalOutput } = await run(clerk.clone({ model }), prompt, { maxTurns: 8 })
  return finalOutput ?? ''
}
