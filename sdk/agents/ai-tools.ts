/** The shop as tools of Vercel's AI SDK. */

import { tool } from 'ai'
import { z } from 'zod'
import * as shop from './shop-api.ts'

export const tools = {
  findOrder: tool({
    description: 'Find an order by its id',
    inputSchema: z.object({ orderId: z.string() }),
    execute: (input) => shop.findOrder(input),
  }),
  charge: tool({
    description: 'Charge the customer for an order',
    inputSchema: z.object({ orderId: z.string(), cents: z.number().int() }),
    execute: (input) => shop.charge(input),
  }),
  mail: tool({
    description: 'Mail the customer about an order',
    inputSchema: z.object({ orderId: z.string(), text: z.string() }),
    execute: (input) => shop.mail(input),
  }),
}
