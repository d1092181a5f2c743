/** The shop as tools of LangChain. */

import { tool } from '@langchain/core/tools'
import { z } from 'zod'
import * as shop from './shop-api.ts'

export const tools = [
  tool(async (input) => JSON.stringify(await shop.findOrder(input)), {
    name: 'findOrder',
    description: 'Find an order by its id',
    schema: z.object({ orderId: z.string() }),
  }),
  tool(async (input) => JSON.stringify(await shop.charge(input)), {
    name: 'charge',
    description: 'Charge the customer for an order',
    schema: z.object({ orderId: z.string(), cents: z.number().int() }),
  }),
  tool(async (input) => JSON.stringify(await shop.mail(input)), {
    name: 'mail',
    description: 'Mail the customer about an order',
    schema: z.object({ orderId: z.string(), text: z.string() }),
  }),
]
